import { EVERYTHING, scopeName } from '../../../shared/domain/chat/scope.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { Selector } from '../../../shared/domain/selector.ts';
import { utcMinute } from '../../../shared/domain/utc.ts';
import { localText } from '../../../shared/domain/zone.ts';
import type { Now } from './moment.ts';

/** `harbor-prod/checkout`, `all of harbor-prod`, `everything`. */
export function inScope(where: Selector): string {
  const name = scopeName(where);
  return name === EVERYTHING || name.includes('/') ? name : `all of ${name}`;
}

/** Which instant was understood, for people who meant another zone. */
export const zoneNote = (at: Instant, { zone }: Pick<Now, 'zone'>): string =>
  zone === 'UTC'
    ? 'Times without an offset are read in UTC.'
    : `Times without an offset are read in ${zone}: ${utcMinute(at)} is ${localText(at, zone).slice(0, 16).replace('T', ' ')} there.`;
