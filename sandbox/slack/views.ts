import { type Fields, isObject, wordOf } from '../json-object.ts';
import { blocksOf } from './content.ts';
import { viewProblems } from './limits.ts';
import { PEOPLE } from './people.ts';
import { type Method, type Refusal, type Reply, refuse } from './reply.ts';
import type { OpenView, Screens, ViewContent } from './screens.ts';
import type { Tickets } from './tickets.ts';

/** The methods that open, replace and publish views. https://docs.slack.dev/reference/methods?family=views */
export function viewMethods(screens: Screens, tickets: Tickets): Readonly<Record<string, Method>> {
  const open: Method = (body) => {
    const content = readView(body['view'], 'modal');
    if ('ok' in content) return content;
    const pulled = tickets.pull(wordOf(body['trigger_id']));
    if ('error' in pulled) return refuse(pulled.error);
    const view = screens.open(pulled.person, content);
    return view === undefined ? refuse('push_limit_reached') : shown(pulled.person, view);
  };
  return {
    'views.open': open,
    'views.push': open,
    'views.update': (body) => {
      const content = readView(body['view'], 'modal');
      if ('ok' in content) return content;
      const replaced = screens.replace(wordOf(body['view_id']), content);
      return replaced === undefined ? refuse('not_found') : shown(replaced.person, replaced.view);
    },
    'views.publish': (body) => {
      const content = readView(body['view'], 'home');
      if ('ok' in content) return content;
      const person = PEOPLE.find(({ id }) => id === body['user_id']);
      return person === undefined ? refuse('user_not_found') : shown(person.id, screens.publish(person.id, content));
    },
  };
}

/** A view as Slack takes it, or why it would not. */
export function readView(view: unknown, type: ViewContent['type']): ViewContent | Refusal {
  const problems = viewProblems(view, type);
  if (!isObject(view) || problems.length > 0) return refuse('invalid_arguments', problems);
  return {
    type,
    blocks: blocksOf(view['blocks']),
    callbackId: wordOf(view['callback_id']),
    metadata: wordOf(view['private_metadata']),
    title: textIn(view, 'title'),
    close: textIn(view, 'close') || 'Cancel',
    ...(view['submit'] !== undefined && { submit: textIn(view, 'submit') }),
  };
}

const textIn = (view: Fields, name: string): string => {
  const object = view[name];
  return isObject(object) ? wordOf(object['text']) : '';
};

const shown = (person: string, view: OpenView): Reply => ({
  ok: true,
  body: { view: { id: view.id, type: view.type } },
  entry: { kind: 'shown', person, what: view.type, firstLine: view.title },
});
