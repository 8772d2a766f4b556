import type { Instant } from '../domain/instant.ts';
import { AdapterError } from './adapter-error.ts';
import { awsFailure } from './aws-failure.ts';

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

/** Runs a call of DynamoDB; what it throws becomes an `AdapterError` `store-failed`. */
export async function translated<Value>(action: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (cause) {
    const { reason, name } = awsFailure(cause);
    throw storeFailure(`${action} failed (${name})`, reason !== 'denied' && reason !== 'not-found', cause);
  }
}

export const storeFailure = (message: string, retryable: boolean, cause?: unknown): AdapterError =>
  new AdapterError({ code: 'store-failed', message, retryable, cause });
