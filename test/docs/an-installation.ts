import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { storm } from '../../sandbox/scenario/storms.ts';
import { eventIn } from '../support/event-files.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** Tue 17 Nov 2026, 10:00 UTC: after the recorded events of that night. */
const MORNING = Date.UTC(2026, 10, 17, 10);
/** Nothing runs by itself while commands are typed. */
const A_DAY = 86_400_000;

const OUT_OF_MEMORY = 'ecs/task-stopped-out-of-memory.json';
const DEAD_LETTERS = ['EcsEventsDeadLetters', 'Undelivered'];

const NIGHT = [
  OUT_OF_MEMORY,
  'ecs/task-stopped-image-not-found.json',
  'ecs/deployment-failed-circuit-breaker.json',
  'ecs/task-stopped-container-health-check.json',
  'health/retirement-services.json',
];

/** What a page names, by what it is called here. */
export interface Installation extends AsyncDisposable {
  readonly table: string;
  readonly incident: string;
  readonly digest: string;
  readonly plan: string;
  /** The plan's hash as it is at this moment: decisions change it. */
  readonly hash: () => Promise<string>;
  /** URL of a queue of the template by its logical id. */
  readonly queue: (name: string) => string;
  /** Of a file that a command may write. */
  readonly newFile: () => string;
  /** Types a command line, without the program's name. */
  readonly type: (words: readonly string[], stdin?: string) => Promise<Typed>;
}

interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * The sandbox after a bad night, deployed as the stack `slackwater` of the pages: incidents of several services, a digest, a
 * plan, and an event in each dead-letter queue. The command line is the built one.
 */
export async function startInstallation(): Promise<Installation> {
  await using starting = new AsyncDisposableStack();
  const sandbox = starting.use(await startSandbox({ startsAt: MORNING, scheduleInterval: A_DAY }));
  await haveANight(sandbox);
  const records = await sandbox.records();
  const idOf = (kind: string): string => idIn(records, kind);
  const tableName = 'Table';
  const where = (name: string): string => sandbox.places.find((place) => place.name === name)?.where ?? '';
  const sqs = starting.adopt(new SQSClient({ endpoint: where('SQS and SNS'), ...AS_SANDBOX }), (it) => it.destroy());
  const urls = (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [];
  const queue = (name: string): string => urls.find((url) => url.endsWith(`/${name}`)) ?? `no queue ${name}`;
  for (const QueueUrl of DEAD_LETTERS.map(queue))
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(eventIn(OUT_OF_MEMORY)) }));
  const folder = starting.adopt(mkdtempSync(join(tmpdir(), 'slackwater-')), (it) => rmSync(it, { recursive: true }));
  // The AWS SDK reads the process's own variables.
  starting.defer(() => void vi.unstubAllEnvs());
  const environment = { ...sandbox.environment, USER: 'ada' };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const type = await typist({ environment, clock: sandbox.clock.now });
  const started = starting.move();
  let files = 0;
  const plan = String(records.find(({ pk }) => pk === 'plans')?.['sk']);
  return {
    table: tableName,
    incident: idOf('incident'),
    digest: idOf('digest'),
    plan,
    hash: async () => {
      const { out } = await type(['plan', 'list', '--table', tableName, '--json']);
      return /"hash":"(\w+)"/.exec(out)?.[1] ?? 'no hash';
    },
    queue,
    newFile: () => join(folder, `${(files += 1)}`),
    type,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const AS_SANDBOX = { region: 'eu-west-1', credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } };

async function haveANight(sandbox: Sandbox): Promise<void> {
  await sandbox.configure(join(PROJECT, 'sandbox/configuration.yaml'));
  await sandbox.putEvents(NIGHT.map(eventIn));
  await sandbox.settled();
  const many = storm({ services: 15, stops: 30, seed: 7, at: MORNING, span: 60_000 });
  await sandbox.putEvents(many.map(({ event }) => event));
  await sandbox.settled();
  await sandbox.invoke('redeploy', {});
  await sandbox.settled();
}

/** The id of the first record of a kind. */
function idIn(records: readonly Readonly<Record<string, unknown>>[], kind: string): string {
  for (const { record } of records) {
    const { kind: its, id } = Object(record) as { readonly kind?: unknown; readonly id?: unknown };
    if (its === kind) return String(id);
  }
  return `no ${kind}`;
}

/** Runs the built command line in this process, which spares a start for each line. */
async function typist(given: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: () => number;
}): Promise<Installation['type']> {
  // What the build makes of this very module.
  const { main } = (await import(join(PROJECT, 'dist/cli/index.mjs'))) as typeof import('../../cli/index.ts');
  return async (words, stdin = '') => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await main(words, {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      stdin: Readable.from([stdin]),
      isScreen: false,
      isErrScreen: false,
      gone: new AbortController().signal,
      ...given,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
}
