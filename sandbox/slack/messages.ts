import { type Fields, wordOf } from '../json-object.ts';
import { firstLineOf, readContent } from './content.ts';
import { PEOPLE } from './people.ts';
import { type Method, type Reply, refuse } from './reply.ts';
import type { Screens } from './screens.ts';
import type { PostedMessage, Workspace } from './workspace.ts';

interface Rooms {
  readonly workspace: Workspace;
  readonly screens: Screens;
  /** Channel ids that exist, with the bot in them. */
  readonly channels: readonly string[];
}

/** The methods that post and edit messages. */
export function messageMethods({ workspace, screens, channels }: Rooms): Readonly<Record<string, Method>> {
  const inChannel =
    (method: (channel: string, body: Fields) => Reply): Method =>
    (body) => {
      const channel = wordOf(body['channel']);
      return channels.includes(channel) ? method(channel, body) : refuse('channel_not_found');
    };
  return {
    'chat.postMessage': inChannel((channel, body) => postMessage(workspace, { channel, isFromWebhook: false }, body)),
    'chat.update': inChannel((channel, body) => {
      const content = readContent(body);
      if ('ok' in content) return content;
      const message = workspace.edit(channel, wordOf(body['ts']), content, body['reply_broadcast'] === true);
      return message === undefined ? refuse('message_not_found') : done(message, 'edited');
    }),
    'chat.postEphemeral': inChannel((channel, body) => {
      const content = readContent(body);
      if ('ok' in content) return content;
      const person = PEOPLE.find(({ id }) => id === body['user']);
      if (person === undefined) return refuse('user_not_in_channel');
      screens.whisper(person.id, { channel, ...content });
      return { ok: true, body: { message_ts: '0' }, entry: shownMessage(person.id, content) };
    }),
  };
}

/** Posts what a body says, or a reply of the thread that it names. */
export function postMessage(
  workspace: Workspace,
  where: { readonly channel: string; readonly isFromWebhook: boolean },
  body: Fields,
): Reply {
  const content = readContent(body);
  if ('ok' in content) return content;
  const { thread_ts, reply_broadcast } = body;
  const thread = typeof thread_ts === 'string' && { thread_ts, broadcast: reply_broadcast === true };
  const message = workspace.post({ ...where, ...thread }, content);
  return message === undefined ? refuse('thread_not_found') : done(message, 'posted');
}

const done = (message: PostedMessage, action: 'posted' | 'edited'): Reply => ({
  ok: true,
  body: { channel: message.channel, ts: message.ts },
  entry: { kind: 'slack', action, ts: message.ts, firstLine: firstLineOf(message) },
});

export const shownMessage = (person: string, content: { readonly text: string }) =>
  ({ kind: 'shown', person, what: 'message', firstLine: firstLineOf(content) }) as const;
