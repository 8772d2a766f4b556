import type { Instant } from './instant.ts';
import { keyHash } from './short-hash.ts';

/**
 * Which observations were counted, in bounded space: seven characters (42 bits) for each, in the order of arrival. Two
 * of 512 keys look alike once in 30 million incidents.
 */
export interface Seen {
  readonly chunks: readonly Chunk[];
  /** What is not remembered and not later than this was forgotten, or comes too late to tell: it is not counted again. */
  readonly forgottenUntil?: Instant;
}

interface Chunk {
  /** The latest instant among its observations. */
  readonly until: Instant;
  readonly keys: string;
}

const KEY_LENGTH = 7;
/** 8 chunks of 64 keys: 512 stops, about 3.6 KB, and less than 1 KB in an ordinary incident. */
const CHUNK_KEYS = 64;
const CHUNKS = 8;

export const NOTHING_SEEN: Seen = { chunks: [] };

/** Whether the observation was counted, or is so old among so many that it must have been. */
export function wasSeen(seen: Seen, key: string, at: Instant): boolean {
  const hash = keyHash(key, KEY_LENGTH);
  return seen.chunks.some(({ keys }) => holds(keys, hash)) || at <= (seen.forgottenUntil ?? Number.NEGATIVE_INFINITY);
}

/** With one more observation; the oldest are forgotten when there are too many. */
export function withSeen(seen: Seen, key: string, at: Instant): Seen {
  const hash = keyHash(key, KEY_LENGTH);
  const last = seen.chunks.at(-1);
  if (last === undefined || last.keys.length >= CHUNK_KEYS * KEY_LENGTH) {
    return bounded({ ...seen, chunks: [...seen.chunks, { until: at, keys: hash }] });
  }
  const grown = { until: Math.max(last.until, at), keys: last.keys + hash };
  return { ...seen, chunks: [...seen.chunks.slice(0, -1), grown] };
}

function bounded(seen: Seen): Seen {
  const [first, ...rest] = seen.chunks;
  if (first === undefined || seen.chunks.length <= CHUNKS) return seen;
  return { chunks: rest, forgottenUntil: Math.max(first.until, seen.forgottenUntil ?? first.until) };
}

function holds(keys: string, hash: string): boolean {
  for (let at = keys.indexOf(hash); at !== -1; at = keys.indexOf(hash, at + 1)) {
    if (at % KEY_LENGTH === 0) return true;
  }
  return false;
}
