import type { ServiceSpec } from '../ecs/service-spec.ts';

/** Services that behave, one of each kind that operators have, for a watcher to play with. */
export const FLEET: readonly ServiceSpec[] = [
  { cluster: 'harbour-north', service: 'ferry', desired: 6, revision: 41, tags: { team: 'passage' } },
  { cluster: 'harbour-north', service: 'ticketing', desired: 4, revision: 118, strategy: 'CANARY', hasTargets: true },
  { cluster: 'harbour-north', service: 'timetable', desired: 2, revision: 9, tags: { 'slackwater:mode': 'auto' } },
  { cluster: 'harbour-west', service: 'crane', desired: 8, revision: 23, maximumPercent: 150, tags: { team: 'cargo' } },
  { cluster: 'harbour-west', service: 'customs', desired: 3, revision: 77, strategy: 'BLUE_GREEN', bake: 300_000 },
  { cluster: 'harbour-west', service: 'manifest', desired: 2, revision: 5, isSpot: true },
  { cluster: 'harbour-south', service: 'lighthouse', desired: 2, revision: 12, health: 'HEALTHY' },
  { cluster: 'harbour-south', service: 'pilot', desired: 4, revision: 64, tags: { team: 'passage' } },
  { cluster: 'harbour-south', service: 'tide-gauge', desired: 1, revision: 3, minimumHealthyPercent: 0 },
];
