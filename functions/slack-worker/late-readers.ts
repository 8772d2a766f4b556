import type { Readers } from './readers.ts';

/** The same readers, of which nothing is loaded before the first read: most requests are about what is remembered. */
export const lateReaders = (load: () => Promise<Readers>): Readers => ({
  reader: {
    services: async (...question) => (await load()).reader.services(...question),
  },
  ecs: {
    describeService: async (ref) => (await load()).ecs.describeService(ref),
    describeTaskDefinition: async (arn) => (await load()).ecs.describeTaskDefinition(arn),
  },
  tasks: {
    describeTask: async (ref) => (await load()).tasks.describeTask(ref),
    stoppedTasks: async (service) => (await load()).tasks.stoppedTasks(service),
  },
  logs: { tail: async (wanted) => (await load()).logs.tail(wanted) },
});
