import * as v from 'valibot';
import type { ConfigurationProblem } from '../domain/policy.ts';
import { problemOf } from './configuration.ts';
import { SOME_DURATION } from './configuration-windows-terms.ts';
import { exact, listOf, listUpTo, matching, namesOf, oneOf, wholeBetween } from './document-shape.ts';

const PERCENT = wholeBetween(0, 200);

/** How the next deployment of the service goes: how long it takes, and what it comes to. */
const DEPLOYMENT = exact({
  takes: v.exactOptional(SOME_DURATION),
  ends: v.exactOptional(oneOf(['succeeded', 'failed', 'rolled-back', 'never'])),
});

const SERVICE = exact({
  service: matching(/^[\w-]{1,255}\/[\w-]{1,255}$/, 'CLUSTER/SERVICE, as the notice names it'),
  exists: v.exactOptional(v.boolean('true or false')),
  desired: v.exactOptional(wholeBetween(0, 5_000)),
  onNewRevision: v.exactOptional(wholeBetween(0, 5_000)),
  taskDefinition: v.exactOptional(matching(/^[\w-]{1,255}:\d{1,9}$/, 'a task definition such as checkout:42')),
  controller: v.exactOptional(oneOf(['ECS', 'CODE_DEPLOY', 'EXTERNAL'])),
  strategy: v.exactOptional(oneOf(['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'])),
  minimumHealthyPercent: v.exactOptional(PERCENT),
  maximumPercent: v.exactOptional(PERCENT),
  past: v.exactOptional(listUpTo(10, SOME_DURATION)),
  tags: v.exactOptional(namesOf(v.string('a text'), 'values, by the names of tags')),
  circuitBreaker: v.exactOptional(v.boolean('true or false')),
  alarms: v.exactOptional(v.boolean('true or false')),
  imageMoved: v.exactOptional(v.boolean('true or false')),
  deployment: v.exactOptional(DEPLOYMENT),
});

const SIMULATION = exact({ version: v.literal(1, 'the number 1'), services: listOf(SERVICE) });

/** Services as somebody describes them, to see what a plan would do; durations are in milliseconds. */
export type Simulation = v.InferOutput<typeof SIMULATION>;
export type SimulationEntry = Simulation['services'][number];

export type ParsedSimulation =
  | { readonly status: 'valid'; readonly simulation: Simulation }
  | { readonly status: 'invalid'; readonly problems: readonly ConfigurationProblem[] };

/** Reads the description of services that docs/retirements.md tells of. All problems at once, each with its key. */
export function parseSimulation(document: unknown): ParsedSimulation {
  const { success, output, issues } = v.safeParse(SIMULATION, document);
  return success ? { status: 'valid', simulation: output } : { status: 'invalid', problems: issues.map(problemOf) };
}
