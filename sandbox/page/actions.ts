import type { Sandbox } from '../sandbox.ts';
import { SCENARIOS } from '../scenario/scenarios.ts';
import { agendaOf } from './calendar/agenda.ts';
import { readCustomEvent } from './custom-event.ts';
import type { Desk } from './desk.ts';
import { chatActNamed, viewerNamed } from './slack/acts.ts';
import { PageError } from './time/jobs.ts';
import { jump, SPEEDS } from './time/pace.ts';

/** What is to be said to the one who asked, if anything. */
type Said = Promise<string | undefined>;

/** `subject` is what follows the first part of the path. */
type Action = (subject: string, desk: Desk, form: URLSearchParams) => unknown;

/** What the buttons do, by the first part of their path. */
const ACTIONS: Readonly<Record<string, Action>> = {
  events: (path, desk) => desk.stage().player.tell(path),
  event: (_, desk, form) => putCustomEvent(desk, form.get('event') ?? ''),
  scenarios: (id, desk) => play(desk, id),
  slack: (state, desk) => desk.stage().sandbox.injectSlack(state === 'down' ? { kind: 'down' } : undefined),
  trouble: (name, desk) => switchTrouble(desk, name),
  kill: (name, desk) => {
    const wasAlive = desk.stage().sandbox.kill(name);
    return wasAlive ? `${name} is killed.` : `${name} has no process: the next invocation is a cold start.`;
  },
  reconcile: (_, desk) => desk.stage().sandbox.invoke('reconcile', {}),
  people: (id, desk) => desk.become(viewerNamed(id)),
  chat: (what, desk, form) => chatActNamed(what)(form, desk.stage().sandbox, desk.viewer()),
  clock: (speed, desk) => desk.pace().set(known(SPEEDS, speed, 'speed')),
  jump: (to, desk) => jumpTo(desk, to),
  stop: (_, { jobs }) => jobs.stop(),
  reset: (_, desk) => startAgain(desk),
};

/**
 * Does what a form asks for. What takes longer goes on as the page's job.
 * @throws PageError for what is not there, or cannot be now; and what the sandbox throws
 */
export async function act([what = '', ...subject]: readonly string[], form: URLSearchParams, desk: Desk): Said {
  const action = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
  if (action === undefined) throw new PageError(`the page has no action “${what}”`);
  const said = await action(subject.join('/'), desk, form);
  return typeof said === 'string' ? said : undefined;
}

async function putCustomEvent(desk: Desk, text: string): Promise<string> {
  const { sandbox } = desk.stage();
  const read = readCustomEvent(text, sandbox.clock.now());
  if (read.status === 'wrong') throw new PageError(read.problems.join(' '));
  const rules = await sandbox.putEvent(read.event);
  return rules.length === 0
    ? 'It is on the bus, and no rule wants it.'
    : `It is on the bus; ${rules.join(', ')} took it.`;
}

function play(desk: Desk, id: string): void {
  const scenario = SCENARIOS.find((it) => it.id === id);
  if (scenario === undefined) throw new PageError(`there is no scenario “${id}”`);
  const { player } = desk.stage();
  desk.jobs.start(scenario.title, (report, stopping) => player.play(scenario, { report, stopping }));
}

interface Trouble {
  readonly begin: (sandbox: Sandbox) => void;
  readonly end: (sandbox: Sandbox) => void;
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  database: {
    begin: ({ injectDatabase }) => injectDatabase({ seed: 7, share: 0.33 }),
    end: ({ injectDatabase }) => injectDatabase(undefined),
  },
  ecs: {
    begin: ({ injectAws }) => injectAws('ecs:DescribeServices', { kind: 'throttled' }),
    end: ({ injectAws }) => injectAws('ecs:DescribeServices', undefined),
  },
};

function switchTrouble({ stage, troubles }: Desk, name: string): void {
  const trouble = TROUBLES[known(Object.keys(TROUBLES), name, 'trouble')];
  const { sandbox } = stage();
  if (troubles.delete(name)) trouble?.end(sandbox);
  else {
    troubles.add(name);
    trouble?.begin(sandbox);
  }
  sandbox.journal.append({ kind: 'remark', text: `${name} is ${troubles.has(name) ? 'throttled' : 'well'}` });
}

const LENGTHS: Readonly<Record<string, number>> = { hour: 3_600_000, day: 86_400_000 };

async function jumpTo(desk: Desk, to: string): Promise<void> {
  const { clock } = desk.stage().sandbox;
  const length = Object.hasOwn(LENGTHS, to) ? LENGTHS[to] : undefined;
  const until = length === undefined ? await comingAt(desk, to) : clock.now() + length;
  const title = `Going on to ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  desk.jobs.start(title, (report, stopping) => jump(clock, until, report, stopping));
}

async function comingAt(desk: Desk, to: string): Promise<number> {
  const agenda = agendaOf(await desk.knowledge(), desk.stage().sandbox.clock.now());
  const aim = known(['opening', 'next'], to, 'jump');
  const coming = agenda.find(({ isOpening }) => aim === 'next' || isOpening);
  if (coming === undefined)
    throw new PageError(aim === 'next' ? 'nothing is scheduled' : 'no window opens within sixty days');
  return coming.at;
}

async function startAgain(desk: Desk): Promise<void> {
  const { jobs, restart } = desk;
  if (restart === undefined) throw new PageError('this page cannot start its sandbox again');
  jobs.stop();
  await jobs.idle();
  jobs.start('Starting again, with nothing known', async () => {
    await desk.pace().stop();
    const { retire, ...stage } = await restart();
    desk.replace(stage);
    await retire();
  });
}

/** @throws PageError for a word that is none of `words` */
function known<Word extends string>(words: readonly Word[], given: string, what: string): Word {
  const found = words.find((word) => word === given);
  if (found === undefined) throw new PageError(`there is no ${what} “${given}”, only ${words.join(', ')}`);
  return found;
}
