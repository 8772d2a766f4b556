import { CHANNEL_TAG } from '../../shared/domain/routing.ts';
import { listing, plural } from '../../shared/render/listing.ts';
import { destinationsOf } from './configuration.ts';
import { type Finding, fail, notChecked, ok } from './finding.ts';
import type { Surroundings } from './scene.ts';
import type { SlackApi, SlackReply } from './slack-api.ts';

/** Slack takes fifty such questions a minute. https://docs.slack.dev/reference/methods/conversations.info */
const MOST = 40;

/** What is wrong with a channel: a sentence and what to do; nothing; or that it cannot be known. */
type Verdict =
  | { readonly status: 'good' }
  | { readonly status: 'bad'; readonly seen: string; readonly todo: string }
  | { readonly status: 'unknown'; readonly because: string };

/** Whether the app can post to every channel that the document, the stack or a service's tag names. Posts nothing. */
export async function checkChannels(
  api: SlackApi,
  scopes: readonly string[],
  { policy, services }: Pick<Surroundings, 'policy' | 'services'>,
): Promise<readonly Finding[]> {
  const routed = destinationsOf(policy).flatMap((to) => (to.kind === 'slack-channel' ? [to.channel] : []));
  const tagged = services.services.flatMap(({ facts }) => facts.tags[CHANNEL_TAG]?.trim() || []);
  const channels = [...new Set([...routed, ...tagged])];
  const asked = channels.slice(0, MOST);
  const good: string[] = [];
  const unknown = new Map<string, string[]>();
  const bad: Finding[] = [];
  if (channels.length > MOST) unknown.set(`only ${MOST} channels are asked about at once`, channels.slice(MOST));
  // One after the other: all of an app share Slack's limit, and what tells of incidents comes first.
  for (const channel of asked) {
    const verdict = judge(channel, await api('conversations.info', { channel }), scopes);
    if (verdict.status === 'good') good.push(channel);
    else if (verdict.status === 'bad') bad.push(fail('slack-channels', verdict.seen, verdict.todo));
    else unknown.set(verdict.because, [...(unknown.get(verdict.because) ?? []), channel]);
  }
  return [
    ...bad,
    ...[...unknown].map(([because, of]) =>
      notChecked(
        'slack-channels',
        `${because}: ${listing(of)}`,
        'look whether the app is among the members of the channel',
      ),
    ),
    ...(good.length > 0
      ? [ok('slack-channels', `the app can post to ${plural(good.length, 'channel')}: ${listing(good)}`)]
      : []),
  ];
}

function judge(channel: string, reply: SlackReply, scopes: readonly string[]): Verdict {
  if (reply.status === 'unanswered') return { status: 'unknown', because: 'Slack did not answer' };
  if (reply.status === 'refused') return refused(channel, reply.error);
  const { is_member, is_archived, is_private } = fieldsOf(reply.body['channel']);
  if (is_archived === true)
    return { status: 'bad', seen: `${channel} is archived`, todo: 'route to another channel, or bring it back' };
  const mayPostAnywhere = scopes.includes('chat:write.public') && is_private !== true;
  if (is_member === true || mayPostAnywhere) return { status: 'good' };
  return { status: 'bad', seen: `the app is not in ${channel}`, todo: 'invite it there: /invite @Slackwater' };
}

function refused(channel: string, error: string): Verdict {
  if (error === 'missing_scope')
    return {
      status: 'unknown',
      because: 'Slack tells only with the scope channels:read, or groups:read of private ones',
    };
  if (error === 'channel_not_found')
    return {
      status: 'bad',
      seen: `Slack knows no channel ${channel}, or it is private and the app is not in it`,
      todo: 'correct the id, or invite the app there: /invite @Slackwater',
    };
  return { status: 'unknown', because: `Slack says ${error}` };
}

function fieldsOf(channel: unknown): Readonly<Record<string, unknown>> {
  // True for every object that JSON has.
  return typeof channel === 'object' && channel !== null ? (channel as Record<string, unknown>) : {};
}
