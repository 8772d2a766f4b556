import * as v from 'valibot';
import { minutes } from '../domain/instant.ts';
import { WEEKDAYS } from '../domain/quiet-hours.ts';
import { isZone } from '../domain/zone.ts';
import { SELECTOR } from './configuration-selector.ts';
import { exact, listOf, matching, oneOf, partsOf, step, textUpTo } from './document-shape.ts';
import { parseIsoInstant } from './instant-text.ts';
import { suggestion } from './nearest.ts';
import { textOf } from './schema.ts';

export const ZONE = v.pipe(
  v.string('a zone such as Europe/Prague'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || isZone(dataset.value)) return;
    const name = dataset.value;
    addIssue({
      message: `a zone of the tz database such as Europe/Prague${suggestion(name, Intl.supportedValuesOf('timeZone'))}`,
    });
  }),
);

/** A time of day in milliseconds since midnight. */
const timeOfDay = (pattern: RegExp, words: string) =>
  v.pipe(
    matching(pattern, words),
    v.transform((text) => minutes(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))),
  );

export const FROM = timeOfDay(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "22:00"');
export const TO = timeOfDay(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time such as "07:00", at most "24:00"');

/** `{ zone: 'Europe/Prague', from: '22:00', to: '07:00', days: ['mon', 'tue'] }`. */
export const QUIET_HOURS = v.pipe(
  exact({
    when: v.exactOptional(SELECTOR),
    zone: ZONE,
    from: FROM,
    to: TO,
    days: v.exactOptional(listOf(oneOf(WEEKDAYS))),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const { from, to } = partsOf(dataset.value);
    if (typeof from === 'number' && from === to) {
      addIssue({ message: 'another time than from; a whole day is "00:00" to "24:00"', path: [step('to')] });
    }
  }),
);

/** Seconds may be left out; the zone may not. */
const INSTANT = textOf('an instant with its zone, such as 2026-11-21T08:00:00Z or 2026-11-21T09:00:00+01:00', (text) =>
  parseIsoInstant(text.replace(/^(.{10}T\d\d:\d\d)(?=Z|[+-])/, '$1:00')),
);

/** `{ when: { clusters: ['lab'] }, until: '2026-12-01T08:00:00Z', reason: 'load test' }`. */
export const MUTE = v.pipe(
  exact({ when: SELECTOR, from: v.exactOptional(INSTANT), until: INSTANT, reason: textUpTo(200) }),
  v.rawCheck(({ dataset, addIssue }) => {
    const { from, until } = partsOf(dataset.value);
    if (typeof from === 'number' && typeof until === 'number' && until <= from) {
      addIssue({ message: 'an instant after from', path: [step('until')] });
    }
  }),
);
