import type { MissingReason } from '../../domain/facts.ts';

/**
 * Another account or Region does not let this installation in, so nothing was asked there and nothing was done. The message
 * is a sentence for the reader, without its full stop, that says what to deploy.
 */
export class UnreachablePlaceError extends Error {
  override readonly name = 'UnreachablePlaceError';
  readonly code = 'place-unreachable';
  readonly reason: Exclude<MissingReason, 'not-applicable'>;
  readonly retryable: boolean;

  constructor(reason: UnreachablePlaceError['reason'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.retryable = reason !== 'denied';
  }
}
