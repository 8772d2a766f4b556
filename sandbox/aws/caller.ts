import type { IncomingMessage } from 'node:http';

/** Who signed a request, and the Region that it is for. */
export interface Caller {
  readonly keyId: string;
  /** Empty where the request is not signed. */
  readonly region: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html (credential scope) */
const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\//;

export function callerOf({ headers }: Pick<IncomingMessage, 'headers'>): Caller {
  const [, keyId = '', region = ''] = CREDENTIAL.exec(headers.authorization ?? '') ?? [];
  return { keyId, region };
}
