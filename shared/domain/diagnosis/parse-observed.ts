import type { Observed, ObservedContainer, ObservedDeployment, ObservedTask } from './observed.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what somebody put into a file: a task as the event or DescribeTasks spells it, a service event, or a
 * deployment. Tolerant: what has the wrong type counts as absent, a wrong `kind` gives `undefined`, nothing throws.
 */
export function parseObserved(kind: string, input: unknown): Observed | undefined {
  const fields = fieldsOf(input);
  switch (kind) {
    case 'task':
      return parseTask(fields);
    case 'service': {
      const eventName = text(fields.eventName);
      const message = text(fields.message) ?? text(fields.reason);
      return {
        kind: 'service',
        ...(eventName !== undefined && { eventName }),
        ...(message !== undefined && { message }),
      };
    }
    case 'deployment':
      return parseDeployment(fields);
    default:
      return undefined;
  }
}

function parseTask(fields: Fields): ObservedTask {
  const stopCode = text(fields.stopCode);
  const stoppedReason = text(fields.stoppedReason);
  const belongsToService = serviceMembership(fields);
  const attachmentReasons = list(fields.attachments).flatMap(statusReasons);
  return {
    kind: 'task',
    containers: list(fields.containers).map((container) => parseContainer(fieldsOf(container))),
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
    ...(belongsToService !== undefined && { belongsToService }),
    ...(attachmentReasons.length > 0 && { attachmentReasons }),
  };
}

function parseContainer(fields: Fields): ObservedContainer {
  const name = text(fields.name);
  const reason = text(fields.reason);
  const exitCode = wholeNumber(fields.exitCode);
  const isEssential = flag(fields.isEssential) ?? flag(fields.essential);
  return {
    ...(name !== undefined && { name }),
    ...(reason !== undefined && { reason }),
    ...(exitCode !== undefined && { exitCode }),
    ...(isEssential !== undefined && { isEssential }),
  };
}

function parseDeployment(fields: Fields): ObservedDeployment {
  const reason = text(fields.reason) ?? text(fields.rolloutStateReason) ?? text(fields.message);
  const phase = phaseOf(text(fields.eventName) ?? text(fields.rolloutState) ?? text(fields.phase) ?? '');
  const isRollback = flag(fields.isRollback);
  return {
    kind: 'deployment',
    ...(reason !== undefined && { reason }),
    ...(phase !== undefined && { phase }),
    ...(isRollback !== undefined && { isRollback }),
  };
}

/** `SERVICE_DEPLOYMENT_IN_PROGRESS` in events, `IN_PROGRESS` in the API, `in-progress` here. */
function phaseOf(name: string): ObservedDeployment['phase'] {
  const spelled = name.toLowerCase().replaceAll('_', '-');
  return (['in-progress', 'completed', 'failed'] as const).find((phase) => spelled.endsWith(phase));
}

/** A task of a service has the group `service:NAME` and is started by a deployment, `ecs-svc/…`. */
function serviceMembership(fields: Fields): boolean | undefined {
  const group = text(fields.group);
  const startedBy = text(fields.startedBy);
  if (group?.startsWith('service:') || startedBy?.startsWith('ecs-svc/')) return true;
  return flag(fields.belongsToService) ?? (group === undefined ? undefined : false);
}

/** Details are a list of names and values in the API, an object after parsing. */
function statusReasons(attachment: unknown): readonly string[] {
  const { details } = fieldsOf(attachment);
  const values = Array.isArray(details)
    ? details.map(fieldsOf).flatMap(({ name, value }) => (name === 'statusReason' ? [value] : []))
    : [fieldsOf(details).statusReason];
  return values.flatMap((value) => text(value) ?? []);
}

const fieldsOf = (value: unknown): Fields =>
  // Any object that is not null has string keys; what they hold stays unknown.
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const wholeNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};
