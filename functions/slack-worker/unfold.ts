import type { Button } from '../../shared/domain/chat/button.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { foldedInto, unfoldDigest, unfoldIncident } from '../../shared/domain/unfold.ts';
import { worstFirst } from '../../shared/domain/worst-first.ts';
import { saveChanged } from '../../shared/effects/save-changed.ts';
import { plural } from '../../shared/render/listing.ts';
import { aboutOf, GONE } from './about.ts';
import { type ChatAnswer, says } from './answer.ts';
import { done, perform, type Result, refused } from './perform.ts';
import { aboutIncident } from './subjects.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/** Gives every open problem of a digest a message of its own: whoever may take them all may do that. */
export async function clickUnfold(button: Button, visit: Visit, deps: WorkerDeps): Promise<ChatAnswer> {
  const about = await aboutOf('digest', button, deps);
  if (about.status === 'gone') return says('refused', GONE);
  const { record: digest, stale } = about;
  const places = new Set(digest.entries.map(({ fingerprint }) => fingerprint));
  const folded = foldedInto(digest, await deps.store.loadMany([...places])).toSorted(worstFirst);
  if (folded.length === 0) return says('refused', 'No open problem of it is without a message of its own.');
  const subjects = folded.flatMap((incident) => aboutIncident(incident).subjects);
  const wanted = { action: 'unfold', rights: ['acknowledge'], subjects, target: digest.id } as const;
  const deed = { ...wanted, obstacle: stale, act: () => unfoldAll(digest, folded, deps) };
  const { decision, because } = await perform(deed, visit, deps);
  return says(decision, because);
}

/** The digest first: cut off after that, the problems are still folded and it can be asked for again. */
async function unfoldAll(digest: Digest, folded: readonly Incident[], deps: WorkerDeps): Promise<Result> {
  const ids = new Set(folded.map(({ id }) => id));
  const { result } = await saveChanged(digest, (current) => unfoldDigest(current, ids), deps);
  if (result !== 'saved') return refused(`Nothing was changed: ${digest.id} is not what it was any more.`);
  let count = 0;
  for (const incident of folded) {
    const change = (current: Incident) => unfoldIncident(current, digest.fingerprint, deps.clock());
    if ((await saveChanged(incident, change, deps)).result === 'saved') count += 1;
  }
  return done(
    `${plural(count, 'problem')} get a message of their own; they begin within a minute, and Slack takes about one a second.`,
  );
}
