type AdapterErrorCode = 'store-failed' | 'newer-item' | 'credential-unreadable' | 'credential-malformed';

/** Failed I/O that the caller cannot turn into a decision. The text names the resource and never a secret. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly code: AdapterErrorCode;
  /** The same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;

  constructor(failure: {
    readonly code: AdapterErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly cause?: unknown;
  }) {
    super(failure.message, 'cause' in failure ? { cause: failure.cause } : undefined);
    this.code = failure.code;
    this.retryable = failure.retryable;
  }
}
