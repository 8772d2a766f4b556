import { type Gathered, known, type ServiceFacts } from '../../shared/domain/facts.ts';
import { homeOf } from '../../shared/domain/home.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { type EvidenceReaders, readService } from './reads.ts';
import type { Sighting } from './sighting.ts';

/** A sighting, and its observation as one of the incident that it belongs to. */
export interface Homed {
  readonly messageId: string;
  readonly sighting: Sighting;
  readonly home: Observation;
}

/**
 * Finds the incident of each sighting of one service. The service is asked once at the most, and only about what is not
 * on record; what it says is kept for the message.
 */
export async function findHomes(
  sightings: readonly { readonly messageId: string; readonly sighting: Sighting }[],
  about: readonly Incident[],
  readers: Pick<EvidenceReaders, 'ecs'>,
): Promise<readonly Homed[]> {
  let asked: Promise<Gathered<ServiceFacts> | undefined> | undefined;
  return Promise.all(
    sightings.map(async ({ messageId, sighting }) => {
      const { observation, signal, facts } = sighting;
      const told = facts.service === undefined ? undefined : (known(facts.service) ?? null);
      const home = homeOf(observation, about, told);
      if (home !== 'ask-service') return { messageId, sighting, home };
      asked ??= 'state' in signal ? readService(signal.state, readers) : Promise.resolve(undefined);
      const service = await asked;
      const asOne = homeOf(observation, about, known(service) ?? null);
      const enlightened = service === undefined ? sighting : { ...sighting, facts: { ...facts, service } };
      return { messageId, sighting: enlightened, home: asOne === 'ask-service' ? observation : asOne };
    }),
  );
}
