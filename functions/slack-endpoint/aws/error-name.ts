import * as v from 'valibot';

const TYPED = v.pipe(
  v.object({ __type: v.string() }),
  v.transform(({ __type: type }) => type),
);

/** For Lambda, which names its errors in a header. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const BY_STATUS: Readonly<Record<number, string>> = {
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  413: 'RequestTooLargeException',
  429: 'TooManyRequestsException',
};

/** The error's name, as `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` ends. */
export function errorName(status: number, body: unknown): string {
  const { success, output } = v.safeParse(TYPED, body);
  const name = success ? output.split('#').at(-1) : BY_STATUS[status];
  return name !== undefined && /^\w{1,80}$/.test(name) ? name : `Http${status}`;
}
