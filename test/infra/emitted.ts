import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type { Outcome as EndpointOutcome } from '../../functions/slack-endpoint/outcome.ts';
import { plain } from '../../functions/slack-endpoint/reply.ts';
import { createReport as endpointReport } from '../../functions/slack-endpoint/report.ts';
import { type Outcome as WorkerOutcome, createReport as workerReport } from '../../functions/slack-worker/report.ts';
import type { RecordId } from '../../shared/domain/incident.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { createTelemetry, type HealthMetric, type Telemetry } from '../../shared/runtime/telemetry.ts';

/** What a function tells of itself, as the real telemetry makes it. */
interface Emitted {
  /** Of the namespace Slackwater; the dimensions are the service and the function. */
  readonly metrics: ReadonlySet<string>;
  /** Names of what its log lines have, those within another joined by a dot. */
  readonly fields: ReadonlySet<string>;
}

/** Outcomes with everything that one can have; the types say so. */
const OUTCOME: Required<Outcome> = {
  eventId: '137f58ad-2470-470d-aaaf-0f1e0866641c',
  at: 0,
  kind: 'task-stopped',
  subject: 'harbor-prod/report-worker',
  decision: 'told',
  reason: 'first',
  events: 2,
  because: 'first sighting',
  cause: 'memory/container-oom',
  confidence: 'certain',
  severity: 'high',
  // The cast is true enough for a test: ids are text.
  incident: 'inc-0123456789' as RecordId,
  effects: [
    'post slack-channel:C0OPS: delivered',
    'post sns-topic:a: deferred, 500',
    'edit slack-channel:C1: refused, x',
  ],
  plan: { phase: 'planned', waiting: 1, running: 0, done: 0, failed: 0, left: 0 },
};
const ENDPOINT_OUTCOME: Required<EndpointOutcome> = {
  decision: 'handed',
  reason: 'asked',
  answer: plain(200, ''),
  kind: 'command',
  id: '1',
  because: 'the worker has it',
};
const WORKER_OUTCOME: Required<WorkerOutcome> = {
  decision: 'done',
  because: 'muted',
  milliseconds: 1,
  id: '1',
  kind: 'command',
  user: 'U0ADA',
  unshown: 'expired',
};

/** Every decision that there is, so that a new one has to be added here. */
const DECISIONS: Readonly<Record<Outcome['decision'], true>> = {
  told: true,
  quiet: true,
  ignored: true,
  malformed: true,
};
const ENDPOINT: Readonly<Record<EndpointOutcome['decision'], true>> = {
  handed: true,
  answered: true,
  ignored: true,
  refused: true,
  failed: true,
};
const WORKER: Readonly<Record<WorkerOutcome['decision'], true>> = {
  done: true,
  answered: true,
  refused: true,
  failed: true,
  ignored: true,
  malformed: true,
};
const HEALTH: Readonly<Record<HealthMetric, true>> = {
  ConfigurationInvalid: true,
  DeliveryDelay: true,
  ServicesWatched: true,
};

// The casts are true: these are the keys that the types ask for.
const decisionsOf = <Decision extends string>(all: Readonly<Record<Decision, true>>) => Object.keys(all) as Decision[];

/** What the logger itself puts on a line, errors included. */
const OF_THE_LOGGER = ['level', 'message', 'timestamp', 'service', 'requestId', 'error.name', 'error.message'];

/** By function; who reports what is as in their `index.ts`. */
export const EMITTED: Readonly<Record<string, Emitted>> = Object.fromEntries(
  ['ecs-events', 'retirement-notice', 'reconcile', 'redeploy', 'slack-endpoint', 'slack-worker'].map((name) => [
    name,
    emittedBy(name),
  ]),
);

function emittedBy(name: string): Emitted {
  const telemetry = createTelemetry(nameIn(name), () => 0);
  const fields = new Set(OF_THE_LOGGER);
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(telemetry.logger, level).mockImplementation((_: unknown, ...lines: readonly unknown[]) => {
      for (const key of lines.flatMap((line) => namesIn(line))) fields.add(key);
    });
  const metrics = new Set<string>();
  vi.spyOn(telemetry.metrics, 'addMetric').mockImplementation((metric) => {
    metrics.add(metric);
    return telemetry.metrics;
  });
  speak(name, telemetry);
  return { metrics, fields };
}

function speak(name: string, telemetry: Telemetry): void {
  if (name === 'slack-endpoint') {
    const report = endpointReport(telemetry);
    for (const decision of decisionsOf(ENDPOINT)) report({ ...ENDPOINT_OUTCOME, decision }, 1);
  } else if (name === 'slack-worker') {
    const report = workerReport(telemetry);
    for (const decision of decisionsOf(WORKER)) report({ ...WORKER_OUTCOME, decision });
  } else {
    for (const decision of decisionsOf(DECISIONS)) telemetry.report({ ...OUTCOME, decision });
    telemetry.reportFailure('harbor-prod/checkout', new Error('broken'));
  }
  if (name === 'reconcile') for (const metric of decisionsOf(HEALTH)) telemetry.measure(metric, 1);
}

function namesIn(value: unknown, before = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || value instanceof Error) return before === '' ? [] : [before];
  return Object.entries(value).flatMap(([key, child]) => namesIn(child, before === '' ? key : `${before}.${key}`));
}

/** The name that the function gives itself, which is a dimension of its metrics. */
function nameIn(folder: string): string {
  const source = readFileSync(`functions/${folder}/index.ts`, 'utf8');
  const [, name] = /createTelemetry\('([a-z-]+)'/.exec(source) ?? [];
  if (name !== folder) throw new Error(`functions/${folder} calls itself ${name} in its metrics`);
  return name;
}
