import type { ContainerDefinition } from './facts.ts';
import { imageDifference } from './image-difference.ts';
import { changed, listed, named } from './value-change.ts';

/** Where a container differs in values that nobody may see; only the names of what changed leave the adapter. */
export interface ConcealedContainerChanges {
  /** Variables that have another value. */
  readonly environment: readonly string[];
  /** `command`, `mount points`. */
  readonly settings: readonly string[];
}

/** A container that is in both revisions. */
export interface ContainerPair {
  readonly before: ContainerDefinition;
  readonly after: ContainerDefinition;
  /** What ECS resolved the image to, before and after, where it is known. */
  readonly digests: readonly [string | undefined, string | undefined];
  readonly concealed: ConcealedContainerChanges;
}

/** Settings that decide what runs at all; the others are told last. */
const COMMAND_SETTINGS: readonly string[] = ['entry point', 'command', 'working directory', 'user'];

const secretSources = ({ secrets }: ContainerDefinition): ReadonlyMap<string, string> =>
  new Map(secrets.map(({ name, valueFrom }) => [name, valueFrom]));

/** What changed in a container, aspect by aspect, without its name in front. */
export const containerDifferences = {
  image: ({ before, after, digests }) => imageDifference(before.image, after.image, digests),

  command: ({ concealed }) => {
    const settings = concealed.settings.filter((setting) => COMMAND_SETTINGS.includes(setting));
    return settings.length === 0 ? [] : [`${named(settings)} changed`];
  },

  secrets: ({ before, after }) => {
    const [old, now] = [secretSources(before), secretSources(after)];
    return listed('secrets', [
      ...[...now].flatMap(([name, source]) => {
        if (!old.has(name)) return `${name} added (${source})`;
        return old.get(name) === source ? [] : `${name} now from ${source}`;
      }),
      ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `${name} removed`),
    ]);
  },

  environment: ({ before, after, concealed }) =>
    listed('environment', [
      ...after.environmentNames
        .filter((name) => !before.environmentNames.includes(name))
        .map((name) => `${name} added`),
      ...before.environmentNames
        .filter((name) => !after.environmentNames.includes(name))
        .map((name) => `${name} removed`),
      ...concealed.environment.map((name) => `${name} changed`),
    ]),

  memory: ({ before, after }) => [
    ...changed('memory', before.memory, after.memory, ' MiB'),
    ...changed('memory reservation', before.memoryReservation, after.memoryReservation, ' MiB'),
  ],

  cpu: ({ before, after }) => changed('CPU', before.cpu, after.cpu, ' units'),

  healthCheck: ({ before, after, concealed }) => {
    const commands = changed('health check', before.healthCheckCommand?.join(' '), after.healthCheckCommand?.join(' '));
    return commands.length === 0 && concealed.settings.includes('health check') ? ['health check changed'] : commands;
  },

  ports: ({ before, after, concealed }) => {
    const ports = changed('ports', before.containerPorts.join(', '), after.containerPorts.join(', '));
    return ports.length === 0 && concealed.settings.includes('port mappings') ? ['port mappings changed'] : ports;
  },

  log: ({ before, after, concealed }) => {
    const told = [
      ...changed('log driver', before.logDriver, after.logDriver),
      ...changed('log group', before.logOptions['awslogs-group'], after.logOptions['awslogs-group']),
    ];
    return told.length === 0 && concealed.settings.includes('log configuration') ? ['log configuration changed'] : told;
  },

  lifecycle: ({ before, after }) => [
    ...(before.isEssential === after.isEssential
      ? []
      : [after.isEssential ? 'is essential now' : 'is not essential any more']),
    ...changed('stop timeout', before.stopTimeout, after.stopTimeout, ' s'),
  ],

  otherSettings: ({ concealed }) => {
    const settings = concealed.settings.filter((setting) => !TOLD_ELSEWHERE.has(setting));
    return settings.length === 0 ? [] : [`${named(settings)} changed`];
  },
} satisfies Readonly<Record<string, (pair: ContainerPair) => readonly string[]>>;

const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  ...COMMAND_SETTINGS,
  'health check',
  'port mappings',
  'log configuration',
]);
