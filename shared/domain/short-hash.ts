const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Ten hexadecimal digits of FNV-1a (64 bit), to give a record a name that people can say and search for. Not for
 * security and not for identity: the fingerprint identifies.
 */
export const shortHash = (text: string): string => fnv1a(text).toString(16).padStart(16, '0').slice(-10);

/** The low bits of the same hash in characters of six bits each, ten at the most. */
export function keyHash(text: string, length: number): string {
  let bits = fnv1a(text);
  let key = '';
  for (let index = 0; index < length; index++) {
    key += BASE64URL[Number(bits & 63n)];
    bits >>= 6n;
  }
  return key;
}

function fnv1a(text: string): bigint {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash;
}
