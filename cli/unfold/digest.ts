import { destinationKey } from '../../shared/domain/destination.ts';
import type { Digest } from '../../shared/domain/digest.ts';
import { archiveFingerprint, digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint, RecordId } from '../../shared/domain/incident.ts';
import type { RecordsTable } from '../incidents/records.ts';

/**
 * The digest of that name, or why it cannot be unfolded, as a clause. Digests are kept by destination: one that tells
 * something open is due itself, or named by what it tells.
 */
export async function findDigest(name: string, { store, loadOpen }: RecordsTable): Promise<Digest | string> {
  const { records } = await loadOpen();
  const places = [...new Set(records.flatMap(placesOf))];
  // The cast is harmless: where no record has this id, nothing is found.
  const archives = places.map((place) => archiveFingerprint(place, name as RecordId));
  const digests = [...records, ...(await store.loadMany([...places, ...archives]))];
  const digest = digests.filter((record) => record.kind === 'digest').find(({ id }) => id === name);
  if (digest === undefined)
    return `nothing open is told by a digest called ${name}; "slackwater incidents" lists the digests`;
  // Asked about a problem, the functions look at the digest that is in its place now.
  return digest.fingerprint === placeOf(digest)
    ? digest
    : `another storm has taken the place of ${name}; "slackwater incidents" lists what it told and is still open`;
}

const placeOf = ({ destination }: Digest): Fingerprint => digestFingerprint(destinationKey(destination));

/** Of the digest itself, or of those that tell the record. */
const placesOf = (record: AnnouncedRecord): readonly Fingerprint[] =>
  record.kind === 'digest'
    ? [placeOf(record)]
    : record.announcements.flatMap((one) => (one.status === 'folded' ? [one.digest] : []));
