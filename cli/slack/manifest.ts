import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { present } from '../../shared/domain/present.ts';
import { oneLine, shorten } from '../../shared/render/escape.ts';
import { type Terminal, UsageError, understood } from '../terminal.ts';
import { manifestOf, type SlackApp } from './app.ts';

const OPTIONS = {
  url: { type: 'string' },
  stack: { type: 'string' },
  region: { type: 'string' },
  command: { type: 'string', default: '/slackwater' },
  name: { type: 'string', default: 'Slackwater' },
  groups: { type: 'boolean', default: false },
  public: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `slackwater slack manifest`: prints the manifest to make the Slack app from, with the endpoint of a stack or without
 * any. Answers 0. Throws a UsageError for what Slack would not take, and an AccountError for what AWS refuses.
 */
export async function manifest(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = understood(() => parseArgs({ args: [...args], options: OPTIONS }));
  const { url, stack, region } = values;
  if (url !== undefined && stack !== undefined) throw new UsageError('give --url or --stack, not both');
  if (region !== undefined && stack === undefined) throw new UsageError('--region goes with --stack');
  const endpoint = stack === undefined ? url : await endpointOf(stack, region, terminal);
  const app: SlackApp = {
    name: nameIn(values.name),
    command: commandIn(values.command),
    usesGroups: values.groups,
    postsAnywhere: values.public,
    ...present({ url: endpoint === undefined ? undefined : urlIn(endpoint) }),
  };
  terminal.out(values.json ? JSON.stringify(manifestOf(app), undefined, 2) : stringify(manifestOf(app)).trimEnd());
  return 0;
}

/** Loads the AWS SDK, which nothing else here needs. */
async function endpointOf(stack: string, region: string | undefined, terminal: Terminal): Promise<string> {
  const { endpointOfStack } = await import('./endpoint-url.ts');
  return endpointOfStack(stack, region, terminal);
}

/** Slack's limit, as those below: https://docs.slack.dev/reference/app-manifest */
const LONGEST_URL = 3_000;

/** The bot is called so too, whose name may have no other characters. */
function nameIn(text: string): string {
  if (/^[\w.-]([\w. -]{0,33}[\w.-])?$/.test(text)) return text;
  throw new UsageError('--name takes up to 35 letters, digits, spaces and any of "-", "_", "."');
}

function commandIn(text: string): string {
  if (/^\/[a-z0-9_-]{1,31}$/.test(text)) return text;
  throw new UsageError(
    `--command takes a slash and up to 31 small letters, digits, "-" and "_", not "${shorten(oneLine(text), 60)}"`,
  );
}

function urlIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // On loopback it is the sandbox's, which Slack cannot reach and nobody can listen in on.
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
  const isPlain = isPrivate && url.username === '' && url.password === '' && url.hash === '';
  if (url !== undefined && isPlain && url.href.length <= LONGEST_URL) return url.href;
  throw new UsageError('--url takes the https:// URL of the endpoint');
}
