import { isDeepStrictEqual } from 'node:util';
import type { ContainerDefinition, ServiceRevision, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ConcealedContainerChanges } from '../../domain/container-difference.ts';
import type { ConcealedChanges } from '../../domain/revision-difference.ts';

/** A revision with everything that AWS tells of it. Does not leave the adapters: it holds values of variables. */
export interface RawRevision {
  readonly definition: TaskDefinition;
  /** Absent when only the task definition is known. */
  readonly service?: ServiceRevision;
}

/** What the facts of a container tell themselves. */
const TOLD_OF_CONTAINER: ReadonlySet<string> = new Set([
  'name',
  'image',
  'cpu',
  'memory',
  'memoryReservation',
  'essential',
  'environment',
  'secrets',
  'stopTimeout',
] satisfies readonly (keyof ContainerDefinition)[]);

/** Identity and bookkeeping of a revision, and what the facts tell themselves. */
const TOLD_OF_TASK: ReadonlySet<string> = new Set([
  'taskDefinitionArn',
  'containerDefinitions',
  'family',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
  'cpu',
  'memory',
  'executionRoleArn',
  'taskRoleArn',
  'networkMode',
] satisfies readonly (keyof TaskDefinition)[]);

/** The same of a service; what ECS resolved or made by itself is no change of anybody's. */
const TOLD_OF_SERVICE: ReadonlySet<string> = new Set([
  'serviceRevisionArn',
  'serviceArn',
  'clusterArn',
  'taskDefinition',
  'platformVersion',
  'containerImages',
  'createdAt',
  'resolvedConfiguration',
  'ecsManagedResources',
] satisfies readonly (keyof ServiceRevision)[]);

/**
 * Compares what may hold secrets (values of variables, commands, options) and everything that has no fact of its own,
 * and answers with names alone. Settings are named after the API's fields: `mountPoints` becomes `mount points`.
 */
export function concealedChanges(from: RawRevision, to: RawRevision): ConcealedChanges {
  const containers = (to.definition.containerDefinitions ?? []).flatMap((after) => {
    const before = from.definition.containerDefinitions?.find(({ name }) => name === after.name);
    return before === undefined ? [] : [[after.name ?? '', ofContainer(before, after)] as const];
  });
  const service = from.service && to.service ? changedSettings(from.service, to.service, TOLD_OF_SERVICE) : [];
  return {
    containers: new Map(containers),
    settings: [
      ...service.map((setting) => `service ${setting}`),
      ...changedSettings(withoutArchitecture(from.definition), withoutArchitecture(to.definition), TOLD_OF_TASK),
    ],
  };
}

function ofContainer(before: ContainerDefinition, after: ContainerDefinition): ConcealedContainerChanges {
  const values = new Map((before.environment ?? []).map(({ name, value }) => [name, value]));
  return {
    environment: (after.environment ?? []).flatMap(({ name, value }) =>
      name !== undefined && values.has(name) && values.get(name) !== value ? name : [],
    ),
    settings: changedSettings(before, after, TOLD_OF_CONTAINER),
  };
}

/** Its facts tell the CPU architecture; the operating system has no fact. */
const withoutArchitecture = ({ runtimePlatform, ...definition }: TaskDefinition): object => ({
  ...definition,
  operatingSystem: runtimePlatform?.operatingSystemFamily,
});

function changedSettings(before: object, after: object, told: ReadonlySet<string>): readonly string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => !told.has(key) && !isDeepStrictEqual(orAbsent(old.get(key)), orAbsent(now.get(key))))
    .map(words)
    .sort();
}

/** ECS answers an empty list for one that nobody gave. */
const orAbsent = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? undefined : value);

/** `readonlyRootFilesystem` becomes `readonly root filesystem`. */
const words = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
