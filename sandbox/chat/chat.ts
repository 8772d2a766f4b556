import type { Now } from '../clock.ts';
import type { Entry, Journal } from '../journal.ts';
import { type Fields, isObject, readObject, wordOf } from '../json-object.ts';
import { CHANNEL } from '../options.ts';
import { shownMessage } from '../slack/messages.ts';
import { PEOPLE, type SlackPerson } from '../slack/people.ts';
import type { OpenView, Screen } from '../slack/screens.ts';
import type { SlackServer } from '../slack/server.ts';
import { readView } from '../slack/views.ts';
import type { PostedMessage } from '../slack/workspace.ts';
import { type Control, controlsOf, findControl, initialOf } from './control.ts';
import { actionOf, clickInMessage, clickInView, commandForm, homeOpened, interaction, submission } from './payloads.ts';
import { signed } from './signature.ts';

/** What people do in Slack. Each act is a request to the endpoint, and done when that has answered: the worker goes on. */
export interface Chat {
  /** What this person sees beside the channels. */
  readonly screen: (person: string) => Screen;
  /** `control` by its action id or label; `value` of an option, or its label. */
  readonly click: (person: string, on: PostedMessage | OpenView, control: string, value?: string) => Promise<Answered>;
  readonly command: (person: string, text: string, channel?: string) => Promise<Answered>;
  /** Answers by action id; fields that are not named keep what they begin with. */
  readonly submit: (person: string, view: OpenView, answers?: Answers) => Promise<Answered>;
  readonly openHome: (person: string) => Promise<Answered>;
  /** Slack tells nobody. */
  readonly close: (view: OpenView) => void;
  /** Sends what anybody could send to the endpoint. */
  readonly knock: (body: string, headers: Readonly<Record<string, string>>) => Promise<Answered>;
}

export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** What the endpoint answered over HTTP. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

export interface ChatDeps {
  /** Of the endpoint; absent where the template has none. */
  readonly url: string | undefined;
  readonly slack: SlackServer;
  readonly signingSecret: string;
  readonly now: Now;
  readonly journal: Journal;
}

/** As the app's manifest names it, unless somebody chooses otherwise. */
const COMMAND = '/slackwater';

const CLOSED: Entry = { kind: 'remark', text: 'A modal is closed' };

export function createChat({ url, slack, signingSecret, now, journal }: ChatDeps): Chat {
  let events = 0;
  const knock: Chat['knock'] = async (body, headers) => {
    if (url === undefined) throw new Error('the template has no URL for Slack: see its parameter SlackEndpointBy');
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  };
  const send = (body: string): Promise<Answered> =>
    knock(body, {
      'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
      ...signed(body, signingSecret, now()),
    });
  const begin = (id: string, what: string) => {
    const person = personOf(id);
    journal.append({ kind: 'remark', text: `${person.name} ${what}` });
    return { person, triggerId: slack.triggerFor(person.id) };
  };
  const responseUrl = (person: string, channel: string): string => slack.responseUrlFor({ person, channel });
  /** What an answer says is shown to the one who asked. */
  const show = (answer: Answered, person: string, channel: string): void => {
    const text = wordOf(readObject(answer.body)['text']);
    if (text === '') return;
    slack.screens.whisper(person, { channel, text, blocks: [] });
    journal.append(shownMessage(person, { text }));
  };

  return {
    screen: slack.screens.of,
    click: async (id, on, name, value) => {
      const control = findControl(on.blocks, name);
      const doing = begin(id, `clicks “${control.label}”`);
      const action = actionOf(control, value === undefined ? [] : [value], now());
      if ('id' in on) return send(interaction(clickInView(doing, on, action)));
      const withUrl = { ...doing, responseUrl: responseUrl(id, on.channel) };
      const answer = await send(interaction(clickInMessage(withUrl, on, action)));
      show(answer, id, on.channel);
      return answer;
    },
    command: async (id, text, channel = CHANNEL) => {
      const doing = begin(id, `types “${COMMAND} ${text}”`);
      const withUrl = { ...doing, responseUrl: responseUrl(id, channel) };
      const answer = await send(commandForm(withUrl, { command: COMMAND, text, channel }));
      show(answer, id, channel);
      return answer;
    },
    submit: async (id, view, answers = {}) => {
      const given = filledIn(view, answers);
      const doing = begin(id, `submits “${view.title}”`);
      const answer = await send(interaction(submission(doing, view, given)));
      if (answer.status === 200) journal.append(follow(id, readObject(answer.body), view, slack));
      return answer;
    },
    openHome: (id) => {
      const { person } = begin(id, 'opens the home tab');
      events += 1;
      return send(homeOpened(person, `Ev${events}`, now()));
    },
    close: ({ id }) => {
      slack.screens.close(id);
      journal.append(CLOSED);
    },
    knock,
  };
}

function personOf(id: string): SlackPerson {
  const person = PEOPLE.find((one) => one.id === id);
  if (person === undefined) throw new Error(`there is nobody called ${id}`);
  return person;
}

/** @throws when a field that has to be filled in is not: Slack does not send the modal then */
function filledIn({ blocks }: OpenView, answers: Answers): ReadonlyMap<Control, readonly string[]> {
  const inputs = controlsOf(blocks).filter(({ type }) => type !== 'button');
  const unknown = Object.keys(answers).find((name) => !inputs.some(({ actionId }) => actionId === name));
  if (unknown !== undefined) throw new Error(`the modal has no field ${unknown}`);
  return new Map(
    inputs.map((control) => {
      const given = answers[control.actionId];
      const values = given === undefined ? initialOf(control) : [given].flat().filter((value) => value !== '');
      if (values.length === 0 && !control.isOptional) throw new Error(`“${control.label}” has to be filled in`);
      return [control, values];
    }),
  );
}

/** https://docs.slack.dev/surfaces/modals#updating_response */
function follow(
  person: string,
  { response_action: action, view: next }: Fields,
  view: OpenView,
  { screens }: SlackServer,
): Entry {
  if (action === undefined) {
    screens.close(view.id);
    return CLOSED;
  }
  if (action !== 'update' || !isObject(next)) throw new Error(`the sandbox does not model ${wordOf(action)}`);
  const content = readView(next, 'modal');
  if ('ok' in content) throw new Error(`Slack would not show it: ${content.problems?.join('; ') ?? ''}`);
  screens.replace(view.id, content);
  return { kind: 'shown', person, what: 'modal', firstLine: content.title };
}
