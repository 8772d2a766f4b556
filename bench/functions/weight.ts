import { readdirSync, readFileSync } from 'node:fs';
import { zipSync } from 'fflate';

/** Of a bundle, in KB of 1,024 bytes. */
export interface Weight {
  /** What a cold start reads: all is joined in the entry. */
  readonly coldStart: number;
  readonly total: number;
  /** As it is uploaded. */
  readonly zip: number;
}

export function weightOf(folder: string): Weight {
  const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`)]));
  const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  return {
    coldStart: kilobytes(files['index.mjs']?.length ?? 0),
    total: kilobytes(total),
    zip: kilobytes(zipSync(files, { level: 9 }).length),
  };
}

const kilobytes = (bytes: number): number => Math.round(bytes / 1_024);
