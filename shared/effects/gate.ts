import { decideAdmission } from '../domain/decide.ts';
import { type Destination, destinationKey } from '../domain/destination.ts';
import { type Admission, type Digest, type Opening, openingOf } from '../domain/digest.ts';
import { digestFingerprint } from '../domain/fingerprint.ts';
import type { Fingerprint, Incident, RecordId } from '../domain/incident.ts';
import { type Invocation, type SettleDeps, settle } from './settle.ts';

export type GateAnswer = { readonly kind: 'own' } | { readonly kind: 'folded'; readonly digest: Fingerprint };

/** Decides for each new problem at one destination whether it gets a message of its own. */
export interface Gate {
  readonly admit: (incident: Incident, destination: Destination, invocation: Invocation) => Promise<GateAnswer>;
}

interface Request {
  readonly opening: Opening;
  readonly invocation: Invocation;
  readonly resolve: (admission: Admission) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The gate of one execution environment. Problems that arrive while a save is under way go together into the next one,
 * so that a hundred at once cost two saves and not a hundred conflicts. Throws what the store throws.
 */
export function createGate(deps: Omit<SettleDeps, 'gate'>): Gate {
  const waiting = new Map<string, Request[]>();
  /** A digest is never gated itself. */
  const ungated: Gate = { admit: async () => ({ kind: 'own' }) };

  async function drain(destination: Destination, queue: Request[]): Promise<void> {
    // Lets those of the same batch arrive.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const requests = queue.splice(0);
      try {
        const answers = await admitAll(destination, requests, { ...deps, gate: ungated });
        for (const { opening, resolve } of requests) resolve(answers.get(opening.id) ?? 'own');
      } catch (error) {
        for (const { reject } of requests) reject(error);
      }
    }
    waiting.delete(destinationKey(destination));
  }

  return {
    admit: async (incident, destination, invocation) => {
      const key = destinationKey(destination);
      const admission = await new Promise<Admission>((resolve, reject) => {
        const request = { opening: openingOf(incident), invocation, resolve, reject };
        const queue = waiting.get(key);
        if (queue !== undefined) {
          queue.push(request);
          return;
        }
        const fresh = [request];
        waiting.set(key, fresh);
        void drain(destination, fresh);
      });
      return admission === 'own' ? { kind: 'own' } : { kind: 'folded', digest: digestFingerprint(key) };
    },
  };
}

async function admitAll(
  destination: Destination,
  requests: readonly Request[],
  deps: SettleDeps,
): Promise<ReadonlyMap<RecordId, Admission>> {
  const [first] = requests;
  if (first === undefined) return new Map();
  const { policy, deadline } = first.invocation;
  const openings = requests.map(({ opening }) => opening);
  const fingerprint = digestFingerprint(destinationKey(destination));
  let answers: ReadonlyMap<RecordId, Admission> = new Map();
  await settle(
    fingerprint,
    await deps.store.load(fingerprint),
    (known) => {
      // The cast is true: only digests are saved under the fingerprints of digests.
      const before = known as Digest | undefined;
      const decision = decideAdmission(before, openings, destination, { policy, deadline, now: deps.clock() });
      ({ answers } = decision);
      return decision;
    },
    { ...deps, policy, deadline },
  );
  return answers;
}
