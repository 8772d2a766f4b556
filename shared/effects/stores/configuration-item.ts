import type { Instant } from '../../domain/instant.ts';

/** A configuration document as the table holds it, in the partition `configuration`. */
export interface StoredDocument {
  /** JSON. A text, because the maps of DynamoDB forget the order in which people wrote their keys. */
  readonly document: string;
  readonly pushedAt: Instant;
  /** Who said to be the one, which nothing proves. */
  readonly pushedBy?: string;
  /** Of the text: SHA-256 in hexadecimal digits. */
  readonly hash: string;
  /** Counts pushes. */
  readonly version: number;
}

/**
 * `current` is what was pushed last, `last-good` what was pushed last and had no problem, `standing` what people have set
 * beside it.
 */
export const configurationKey = (sk: 'current' | 'last-good' | 'standing') => ({ pk: 'configuration', sk });
