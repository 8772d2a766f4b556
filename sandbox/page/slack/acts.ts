import { controlsOf } from '../../chat/control.ts';
import type { Sandbox } from '../../sandbox.ts';
import { PEOPLE } from '../../slack/people.ts';
import type { OpenView } from '../../slack/screens.ts';
import type { PostedMessage } from '../../slack/workspace.ts';
import { PageError } from '../time/jobs.ts';
import { answerOf } from './modal.ts';

/** What somebody does in Slack by a form of the page. */
type Act = (form: URLSearchParams, sandbox: Sandbox, viewer: string) => unknown;

const ACTS: Readonly<Record<string, Act>> = {
  click: (form, sandbox, viewer) => {
    const value = form.get('value') ?? undefined;
    return sandbox.slack.click(viewer, placeOf(form, sandbox, viewer), form.get('control') ?? '', value);
  },
  submit: (form, sandbox, viewer) => {
    const view = viewOf(form, sandbox, viewer);
    const inputs = controlsOf(view.blocks.filter(({ type }) => type === 'input'));
    const answers = inputs.map((input) => [input.actionId, answerOf(input, form.getAll(input.actionId))] as const);
    return sandbox.slack.submit(viewer, view, Object.fromEntries(answers));
  },
  close: (form, sandbox, viewer) => sandbox.slack.close(viewOf(form, sandbox, viewer)),
  command: (form, sandbox, viewer) => sandbox.slack.command(viewer, form.get('text') ?? ''),
  home: (_, sandbox, viewer) => sandbox.slack.openHome(viewer),
};

/** By the last part of the form's path. @throws for one that is not there */
export function chatActNamed(name: string): Act {
  const act = ACTS[name];
  if (act === undefined) throw new PageError(`nobody can ${name} in Slack`);
  return act;
}

/** @throws for somebody who is not of the workspace */
export function viewerNamed(id: string): string {
  const person = PEOPLE.find((one) => one.id === id);
  if (person === undefined) throw new PageError(`there is nobody called ${id}`);
  return person.id;
}

function placeOf(form: URLSearchParams, sandbox: Sandbox, viewer: string): PostedMessage | OpenView {
  if (form.has('view')) return viewOf(form, sandbox, viewer);
  const [channel, ts] = [form.get('channel'), form.get('ts')];
  const message = sandbox.messages().find((one) => one.channel === channel && one.ts === ts);
  if (message === undefined) throw new PageError('the message is gone');
  return message;
}

function viewOf(form: URLSearchParams, sandbox: Sandbox, viewer: string): OpenView {
  const { modals, home } = sandbox.slack.screen(viewer);
  const view = [...modals, ...(home === undefined ? [] : [home])].find(({ id }) => id === form.get('view'));
  if (view === undefined) throw new PageError('the view is closed');
  return view;
}
