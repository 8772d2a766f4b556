import { days, hours, minutes, seconds } from '../domain/instant.ts';

const NUMBER = '(\\d{1,6}(?:\\.\\d{1,3})?)';
const ISO_8601 = new RegExp(
  `^P(?=.)(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=.)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
const GO = new RegExp(`^(?=.)(?:${NUMBER}h)?(?:${NUMBER}m)?(?:${NUMBER}s)?$`);

/**
 * Milliseconds of `PT4H30M` (ISO 8601, where a day has 24 hours and months are not known) or `4h30m` (as Go writes it);
 * `undefined` for anything else.
 */
export function parseDuration(text: string): number | undefined {
  const iso = ISO_8601.exec(text)?.slice(1);
  const units = iso ? [days(7), days(1), hours(1), minutes(1), seconds(1)] : [hours(1), minutes(1), seconds(1)];
  const counts = iso ?? GO.exec(text)?.slice(1);
  return counts && units.reduce((sum, unit, index) => sum + Math.round(Number(counts[index] ?? 0) * unit), 0);
}
