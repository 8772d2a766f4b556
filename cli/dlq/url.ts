import { type Terminal, UsageError } from '../terminal.ts';

const HOW_TO_FIND = "aws cloudformation describe-stacks --stack-name slackwater --query 'Stacks[0].Outputs'";

/** The URL of a queue as `option` gives it. Throws a UsageError that says what was expected and where to find it. */
export function queueUrl(option: '--queue' | '--to', url: string | undefined): string {
  if (url !== undefined && isQueueUrl(url)) return url;
  const was = url === undefined ? `${option} is missing` : `${option} "${url}" is not the URL of a queue`;
  const output = option === '--to' ? 'EcsEventsQueueUrl' : 'EcsEventsDeadLettersUrl or UndeliveredUrl';
  throw new UsageError(`${was}; expected the stack's output ${output}: ${HOW_TO_FIND}`);
}

/** The last part of a queue's URL, or of its ARN. */
export const queueName = (urlOrArn: string): string => urlOrArn.split(/[/:]/).at(-1) ?? urlOrArn;

/** `https://sqs.REGION.…`, `https://sqs-fips.REGION.…` and the old `https://REGION.queue.…`. */
const REGION = /^(?:sqs(?:-fips)?\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)/;

/** The Region to ask: what `--region` says, what the URL says, or the one of the environment. Throws a UsageError without. */
export function regionOfQueue(url: string, given: string | undefined, { environment }: Terminal): string {
  const [, current, old] = REGION.exec(new URL(url).hostname) ?? [];
  const region = given ?? current ?? old ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (!region)
    throw new UsageError(`--region is missing, and ${url} does not name one; expected one such as eu-west-1`);
  return region;
}

function isQueueUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return /^https?:$/.test(protocol) && /\/\d{12}\/[\w.-]+$/.test(pathname);
}
