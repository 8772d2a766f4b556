import { describe, expect, it } from 'vitest';
import { createEstate } from '../../sandbox/estate/estate.ts';
import { eventFiles, eventIn } from '../support/event-files.ts';

interface TaskEvent {
  readonly detail: {
    readonly clusterArn: string;
    readonly taskDefinitionArn: string;
    readonly group: string;
    readonly containers: readonly { readonly name: string; readonly image?: string }[];
  };
}

// True for every file of this name.
const taskIn = (path: string): TaskEvent['detail'] => (eventIn(path) as TaskEvent).detail;
const groupOf = (path: string): string => taskIn(path).group;

const files = eventFiles.filter((path) => path.startsWith('ecs/task-'));

describe('the estate and the events tell of the same company', () => {
  const estate = createEstate();

  it.each(files)('%s: the task definition has the containers, with the image of that revision', (path) => {
    const { taskDefinitionArn, containers } = taskIn(path);
    const definition = estate.taskDefinition(taskDefinitionArn);
    const images = (definition?.containerDefinitions ?? []) as { name: string; image: string }[];
    // AWS adds containers of its own, which no task definition knows.
    const own = containers.filter(({ name }) => !name.startsWith('aws-'));
    for (const { name, image } of own) expect(images).toContainEqual(expect.objectContaining({ name, image }));
  });

  it.each(files.filter((path) => groupOf(path).startsWith('service:')))(
    '%s: the service is in that cluster',
    (path) => {
      const cluster = taskIn(path).clusterArn.split('/').at(-1) ?? '';
      expect(estate.service(cluster, groupOf(path).slice('service:'.length))).toMatchObject({ status: 'ACTIVE' });
    },
  );
});
