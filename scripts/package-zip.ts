import { createHash } from 'node:crypto';
import { type Zippable, zipSync } from 'fflate';

/** Bytes by path. */
export type Files = Readonly<Record<string, Uint8Array>>;

/**
 * The earliest time that a zip can state. Zips state local time without its zone, so that it is made of local time and is
 * the same bytes everywhere.
 */
const EPOCH = new Date(1980, 0, 1);

/** Made by Unix (3), readable by everyone: Lambda runs the code as a user of its own. */
const READABLE = { os: 3, attrs: 0o100644 << 16 };

/** A zip that is the same bytes for the same files, whatever their order, the time and the machine. */
export function zipOf(files: Files): Uint8Array {
  const names = Object.keys(files).toSorted();
  const entries: Zippable = Object.fromEntries(
    names.map((name) => [name, [files[name] ?? new Uint8Array(), READABLE]]),
  );
  return zipSync(entries, { level: 9, mtime: EPOCH });
}

/** SHA-256 in hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of every file, a line that `sha256sum --check` takes, in the order of names. */
export const checksums = (files: Files): string =>
  Object.keys(files)
    .toSorted()
    .map((name) => `${sha256(files[name] ?? new Uint8Array())}  ${name}\n`)
    .join('');
