import * as v from 'valibot';
import type { Parsed } from '../domain/parsed.ts';
import { present } from '../domain/present.ts';
import type { TaskState } from '../domain/signal.ts';
import { parseClusterArn, parseTaskArn, parseTaskDefinitionArn } from './arn.ts';
import { envelopeOf, parserOf, type Surroundings } from './event.ts';
import { ignored, malformed, parsed } from './outcome.ts';
import { isoInstant, lenient, lenientList, list, numberInText, shape, text, textOf, wholeNumber } from './schema.ts';
import { parseTaskGroup } from './task-group.ts';

const CONTAINER = v.pipe(
  shape({
    name: text,
    lastStatus: text,
    exitCode: lenient(wholeNumber),
    reason: lenient(text),
    image: lenient(text),
    imageDigest: lenient(text),
    runtimeId: lenient(text),
  }),
  v.transform(present),
);

const ATTACHMENT = v.pipe(
  shape({ id: text, type: text, status: text, details: lenientList(shape({ name: text, value: text })) }),
  v.transform(({ details, ...attachment }) => ({
    ...attachment,
    details: Object.fromEntries(details.map(({ name, value }) => [name, value])),
  })),
);

// Required is what identifies the task, orders its events and tells that it stopped. Everything else may be absent:
// a diagnosis with less evidence is better than none.
const DETAIL = shape({
  taskArn: v.string('a task ARN'),
  taskDefinitionArn: textOf('a task definition ARN', parseTaskDefinitionArn),
  clusterArn: lenient(textOf('a cluster ARN', parseClusterArn)),
  version: wholeNumber,
  lastStatus: text,
  desiredStatus: text,
  containers: list(CONTAINER),
  attachments: lenientList(ATTACHMENT),
  group: lenient(text),
  stopCode: lenient(text),
  stoppedReason: lenient(text),
  startedBy: lenient(text),
  launchType: lenient(text),
  capacityProviderName: lenient(text),
  availabilityZone: lenient(text),
  platformVersion: lenient(text),
  containerInstanceArn: lenient(text),
  cpu: lenient(numberInText),
  memory: lenient(numberInText),
  createdAt: lenient(isoInstant),
  startedAt: lenient(isoInstant),
  stoppingAt: lenient(isoInstant),
  stoppedAt: lenient(isoInstant),
});

/**
 * Reads `ECS Task State Change`. Several of these arrive for one stop, with the final reason in each and the exit codes
 * only in the last, so a stop counts once the task is STOPPED. `detail.overrides` is never read: it may hold secrets.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export const parseTaskStateChange = parserOf(DETAIL, (detail, event): Parsed => {
  const state = stateOf(detail);
  if (state === undefined) return malformed('detail.taskArn', 'a task ARN', event.id);
  return classify(state, event);
});

function stateOf(detail: v.InferOutput<typeof DETAIL>): TaskState | undefined {
  const { taskArn, clusterArn, taskDefinitionArn, group, capacityProviderName, ...same } = detail;
  const task = parseTaskArn(taskArn, clusterArn?.cluster);
  return (
    task &&
    present({
      ...same,
      task,
      group: parseTaskGroup(group, taskDefinitionArn.family),
      taskDefinition: taskDefinitionArn,
      capacityProvider: capacityProviderName,
    })
  );
}

function classify(state: TaskState, event: Surroundings): Parsed {
  const envelope = envelopeOf(event, state.task.partition);
  if (state.lastStatus === 'STOPPED') return parsed({ kind: 'task-stopped', envelope, state });
  if (isSpotWarning(state)) return parsed({ kind: 'spot-warned', envelope, state });
  return ignored(
    'not-final',
    `the task is ${state.lastStatus} with desired status ${state.desiredStatus}; only its final stop counts`,
    event.id,
  );
}

const SPOT_CODES: ReadonlySet<string> = new Set(['SpotInterruption', 'TerminationNotice']);

/**
 * Whether Fargate Spot has announced to take the task's capacity. Both codes are in AWS's documents for it; tasks on
 * container instances are left out, because `TerminationNotice` is also what a terminated EC2 host gives.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
function isSpotWarning(state: TaskState): boolean {
  if (state.desiredStatus !== 'STOPPED' || state.lastStatus === 'DELETED') return false;
  if (state.containerInstanceArn !== undefined) return false;
  return SPOT_CODES.has(state.stopCode ?? '') || /\bspot (task|interruption)/i.test(state.stoppedReason ?? '');
}
