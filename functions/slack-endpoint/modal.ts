import type { ModalView } from '@slack/types';
import type { ChatAct } from '../../shared/domain/chat/request.ts';

/** What a modal is told about itself, for its submission to bring back. */
interface ModalOf {
  readonly callbackId: string;
  readonly metadata: string;
}

/** Whatever opens a modal is named so. The modal has to be opened here: what it takes to open one lives three seconds. */
const MODAL = 'modal:';

/** Commands that open one, by their first word. */
const MODAL_COMMANDS: ReadonlySet<string> = new Set(['redeploy']);

/** Slack's limit. https://docs.slack.dev/reference/views/modal-views */
const METADATA_LIMIT = 3_000;

/** The modal that a request asks for: it carries what was clicked, or what stood behind the command's first word. */
export function modalFor(act: ChatAct): ModalOf | undefined {
  if (act.kind === 'click') return act.actionId.startsWith(MODAL) ? modal(act.actionId, act.value) : undefined;
  if (act.kind !== 'command') return undefined;
  const [verb = '', rest = ''] = act.text.split(/\s+(.*)/s);
  return MODAL_COMMANDS.has(verb.toLowerCase()) ? modal(`${MODAL}${verb.toLowerCase()}`, rest) : undefined;
}

const modal = (callbackId: string, metadata: string): ModalOf => ({
  callbackId,
  metadata: metadata.slice(0, METADATA_LIMIT),
});

/** Opened at once; the worker puts the real one in its place. */
export const readingView = (of: ModalOf): ModalView => ({ ...saying('Reading …'), ...named(of) });

/** Stands where something was submitted, until the worker has an answer. */
export const workingView = (of: ModalOf): ModalView => ({
  ...saying('Working on it … You may close this: what comes of it is told in the channel.'),
  ...named(of),
});

/** Says what went wrong. */
export const troubleView = (sentence: string): ModalView => saying(sentence);

const named = ({ callbackId, metadata }: ModalOf): Pick<ModalView, 'callback_id' | 'private_metadata'> => ({
  callback_id: callbackId,
  private_metadata: metadata,
});

const saying = (text: string): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Slackwater' },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});
