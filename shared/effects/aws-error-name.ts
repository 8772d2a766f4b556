/** For Lambda, which names its errors in a header. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const BY_STATUS: Readonly<Record<number, string>> = {
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  413: 'RequestTooLargeException',
  429: 'TooManyRequestsException',
};

/** The error's name, as `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` ends. */
export function errorName(status: number, body: unknown): string {
  const { __type: type } = isTyped(body) ? body : UNTYPED;
  const name = typeof type === 'string' ? type.split('#').at(-1) : BY_STATUS[status];
  return name !== undefined && /^\w{1,80}$/.test(name) ? name : `Http${status}`;
}

const UNTYPED = { __type: undefined };

const isTyped = (body: unknown): body is { readonly __type: unknown } =>
  typeof body === 'object' && body !== null && '__type' in body;
