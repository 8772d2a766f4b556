/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);
