import * as v from 'valibot';

/** An HTTP request as a Function URL and an HTTP API hand it over, both in payload format 2.0. */
export interface HttpRequest {
  readonly method: string;
  /** Without its question mark. */
  readonly query: string;
  /** The very bytes that were sent: they are what is signed. */
  readonly body: Buffer;
  /** The value of a header that was sent once. By its lower-case name. */
  readonly header: (name: string) => string | undefined;
}

export type HttpRead =
  | { readonly status: 'read'; readonly http: HttpRequest }
  | { readonly status: 'refused'; readonly reason: 'not-http' | 'too-large' };

/** Slack's largest requests, modals with all their fields, stay far below. */
const LARGEST_BODY = 65_536;

// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
const EVENT = v.object({
  requestContext: v.object({ http: v.object({ method: v.string() }) }),
  rawQueryString: v.optional(v.string(), ''),
  headers: v.record(v.string(), v.string()),
  body: v.optional(v.string(), ''),
  isBase64Encoded: v.optional(v.boolean(), false),
});

/** Reads the event of an HTTP request; one that was invoked in another way is `not-http`. Never throws. */
export function readHttp(event: unknown): HttpRead {
  const { success, output } = v.safeParse(EVENT, event);
  if (!success) return { status: 'refused', reason: 'not-http' };
  const { body: text, isBase64Encoded, headers } = output;
  // Before it is decoded: base64 has four characters for three bytes, UTF-8 at least one byte for each.
  if (text.length > (isBase64Encoded ? Math.ceil(LARGEST_BODY / 3) * 4 : LARGEST_BODY)) return TOO_LARGE;
  const body = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > LARGEST_BODY) return TOO_LARGE;
  return {
    status: 'read',
    http: {
      method: output.requestContext.http.method,
      query: output.rawQueryString,
      body,
      header: (name) => onlyHeader(headers, name),
    },
  };
}

const TOO_LARGE = { status: 'refused', reason: 'too-large' } as const;

/** Two spellings of one name are two headers. Those of the same spelling arrive joined by commas, for the reader to refuse. */
function onlyHeader(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}
