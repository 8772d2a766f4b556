import type { EvidenceReaders } from './reads.ts';

/** The same readers, of which nothing is loaded before the first read: most stops need none. */
export const lateReaders = (load: () => Promise<Required<EvidenceReaders>>): Required<EvidenceReaders> => ({
  ecs: {
    describeTaskDefinition: async (arn) => (await load()).ecs.describeTaskDefinition(arn),
    describeService: async (ref) => (await load()).ecs.describeService(ref),
    stoppedTasks: async (...question) => (await load()).ecs.stoppedTasks(...question),
  },
  logs: { tail: async (wanted) => (await load()).logs.tail(wanted) },
  change: async (deployment) => (await load()).change(deployment),
  actor: async (deployment) => (await load()).actor(deployment),
  stopActor: async (...question) => (await load()).stopActor(...question),
  image: async (...question) => (await load()).image(...question),
  targetHealth: async (...question) => (await load()).targetHealth(...question),
  memory: async (question) => (await load()).memory(question),
});
