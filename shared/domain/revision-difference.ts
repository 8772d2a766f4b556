import { type ConcealedContainerChanges, containerDifferences } from './container-difference.ts';
import type { ContainerDefinition, TaskDefinitionFacts } from './facts.ts';
import { changed, named } from './value-change.ts';

/** A task definition as a service ran it. */
export interface Revision {
  readonly definition: TaskDefinitionFacts;
  /** What ECS resolved each container's image to; empty when that is not known. */
  readonly digests: ReadonlyMap<string, string>;
  readonly platformVersion?: string;
}

/** Where two revisions differ in values that nobody may see; only the names of what changed leave the adapter. */
export interface ConcealedChanges {
  /** By container. */
  readonly containers: ReadonlyMap<string, ConcealedContainerChanges>;
  /** Settings of the task and of the service: `volumes`, `service network configuration`. */
  readonly settings: readonly string[];
}

/** Two revisions of a service: the last one that worked, and the one that failed. */
export interface RevisionPair {
  readonly from: Revision;
  readonly to: Revision;
  readonly concealed: ConcealedChanges;
}

export const SAME_REVISION = 'the same revision as before; nothing in it changed';
export const SAME_TASK_DEFINITION =
  'the same task definition as before; whether a tag means another image now is not known';
export const SAME_CONTENT = 'another revision with the same content; nothing that was compared differs';

/** More is not read in a chat; the last line then counts the rest. */
const MOST_DIFFERENCES = 12;

/**
 * What changed from one revision to the next, in sentences, the changes that most often break a start first. Never
 * empty: that nothing changed is an answer too. At most 12.
 */
export function revisionDifferences(pair: RevisionPair): readonly string[] {
  const found = ASPECTS.flatMap((aspect) => aspect(pair));
  if (found.length === 0) return [sameness(pair)];
  if (found.length <= MOST_DIFFERENCES) return found;
  const shown = found.slice(0, MOST_DIFFERENCES - 1);
  return [...shown, `and ${found.length - shown.length} more differences`];
}

function sameness({ from, to }: RevisionPair): string {
  if (from.definition.family !== to.definition.family || from.definition.revision !== to.definition.revision)
    return SAME_CONTENT;
  const isResolved = ({ name }: ContainerDefinition) => from.digests.has(name) && to.digests.has(name);
  return to.definition.containers.every(isResolved) ? SAME_REVISION : SAME_TASK_DEFINITION;
}

type Aspect = (pair: RevisionPair) => readonly string[];

/** One aspect of every container that is in both revisions. */
const ofContainers =
  (aspect: (typeof containerDifferences)[keyof typeof containerDifferences]): Aspect =>
  ({ from, to, concealed }) =>
    to.definition.containers.flatMap((after) => {
      const before = from.definition.containers.find(({ name }) => name === after.name);
      if (before === undefined) return [];
      const differences = aspect({
        before,
        after,
        digests: [from.digests.get(after.name), to.digests.get(after.name)],
        concealed: concealed.containers.get(after.name) ?? { environment: [], settings: [] },
      });
      return differences.map((difference) => `${after.name} ${difference}`);
    });

/** In the order in which they are told. */
const ASPECTS: readonly Aspect[] = [
  ofContainers(containerDifferences.image),
  containersAddedOrRemoved,
  ({ from, to }) => changed('CPU architecture', architecture(from), architecture(to)),
  ofContainers(containerDifferences.command),
  ofContainers(containerDifferences.secrets),
  ({ from, to }) => changed('execution role', from.definition.executionRoleArn, to.definition.executionRoleArn),
  ({ from, to }) => changed('task role', from.definition.taskRoleArn, to.definition.taskRoleArn),
  ofContainers(containerDifferences.environment),
  ({ from, to }) => changed('task memory', from.definition.memory, to.definition.memory, ' MiB'),
  ofContainers(containerDifferences.memory),
  ({ from, to }) => changed('task CPU', from.definition.cpu, to.definition.cpu, ' units'),
  ofContainers(containerDifferences.cpu),
  ofContainers(containerDifferences.healthCheck),
  ofContainers(containerDifferences.ports),
  ({ from, to }) => changed('network mode', from.definition.networkMode, to.definition.networkMode),
  ({ from, to }) => changed('platform version', from.platformVersion, to.platformVersion),
  ofContainers(containerDifferences.log),
  ofContainers(containerDifferences.lifecycle),
  ({ concealed }) => (concealed.settings.length === 0 ? [] : [`${named(concealed.settings)} changed`]),
  ofContainers(containerDifferences.otherSettings),
];

/** The default: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html */
const architecture = ({ definition }: Revision): string => definition.cpuArchitecture ?? 'X86_64';

function containersAddedOrRemoved({ from, to }: RevisionPair): readonly string[] {
  const added = missingIn(from, to).map(
    ({ name, isEssential }) => `container ${name} added (${isEssential ? 'essential' : 'not essential'})`,
  );
  return [...added, ...missingIn(to, from).map(({ name }) => `container ${name} removed`)];
}

/** The containers of `other` that `revision` does not have. */
const missingIn = (revision: Revision, other: Revision): readonly ContainerDefinition[] =>
  other.definition.containers.filter(
    (container) => !revision.definition.containers.some(({ name }) => name === container.name),
  );
