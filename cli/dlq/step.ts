import { parseArn } from '../../shared/parse/arn.ts';
import type { Letter } from './letter.ts';

/** What `dlq redrive` does with a letter. `because` is a sentence without its full stop. */
export type Step =
  | { readonly kind: 'send' }
  | { readonly kind: 'drop'; readonly because: string }
  /** Stays where it is. `run` is a shell command that does what this program cannot. */
  | { readonly kind: 'keep'; readonly because: string; readonly run?: string };

/**
 * A queue's own dead letters go back whatever they are: they came from there, and its function judges them. Of what
 * reached no function, ECS events go to their queue. Its function would drop anything else without telling it, so
 * anything else stays.
 */
export function stepFor({ kind, source, event, functionArn }: Letter, isOfQueue: boolean): Step {
  if (isOfQueue) return { kind: 'send' };
  if (kind === 'missed-run')
    return { kind: 'drop', because: 'the reconciler runs every minute and has done the same work since' };
  if (kind === 'unreadable') return { kind: 'keep', because: 'it is no EventBridge event' };
  if (functionArn !== undefined)
    return { kind: 'keep', because: 'this command cannot invoke its function', run: invocation(functionArn, event) };
  if (source === 'aws.ecs') return { kind: 'send' };
  return { kind: 'keep', because: 'it is no ECS event, and nothing says which function it is for' };
}

/** The event is handed over as AWS does it, asynchronously: if the function fails again, it comes back to this queue. */
function invocation(functionArn: string, event: unknown): string {
  return [
    `aws lambda invoke --region ${parseArn(functionArn)?.region}`,
    `--function-name ${quoted(functionArn)}`,
    '--invocation-type Event --cli-binary-format raw-in-base64-out',
    `--payload ${quoted(asciiJson(event))}`,
    '/dev/null',
  ].join(' ');
}

/** For a POSIX shell, which reads nothing in single quotes but their end. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same JSON without any character that a terminal might obey or turn around. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
