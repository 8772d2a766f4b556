import aws4 from 'aws4';
import type { Instant } from '../domain/instant.ts';

/** The keys of a role or a user. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Unsigned {
  /** As IAM calls it: `dynamodb`. */
  readonly service: string;
  readonly region: string;
  /** Without a query. */
  readonly url: URL;
  /** By lower-case name, without `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * The headers of a POST, with the signature of version 4:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(
  { service, region, url, headers, text }: Unsigned,
  keys: Keys,
  now: Instant,
): Readonly<Record<string, string>> {
  const request = {
    method: 'POST',
    path: url.pathname,
    service,
    region,
    body: text,
    headers: { ...headers, host: url.host, 'x-amz-date': amzDate(now) },
  };
  return textsOf(aws4.sign(request, keys).headers);
}

/** `20261121T140000Z` */
const amzDate = (at: Instant): string => new Date(at).toISOString().replace(/[:-]|\.\d{3}/g, '');

/** The package's types allow whatever Node's do. */
const textsOf = (headers: object = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
