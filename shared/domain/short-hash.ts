const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * Ten hexadecimal digits of FNV-1a (64 bit), to give a record a name that people can say and search for. Not for
 * security and not for identity: the fingerprint identifies.
 */
export function shortHash(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, '0').slice(-10);
}
