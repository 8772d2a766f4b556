import { stretchesAround } from '../shared/domain/zone-stretches.ts';

const YEAR = 365 * 86_400_000;

/** The first change of the clocks of a zone after an instant, within two years; `undefined` where they do not change. */
export const nextClockChange = (after: number, zone: string): number | undefined =>
  [0, 1, 2]
    .flatMap((years) => stretchesAround(after + years * YEAR, zone))
    .map(({ from }) => from)
    .find((from) => from > after);
