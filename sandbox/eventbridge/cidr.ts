import { isIPv4, isIPv6 } from 'node:net';
import { InvalidPatternError } from './invalid-pattern-error.ts';

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/**
 * Whether a text is an address of the block. As in EventBridge, the block starts at the address as it is written, not
 * at the masked one, and a mask that leaves a single address is refused.
 */
export function compileCidr(block: string, path: string): (text: string) => boolean {
  const [text = '', mask = '', ...more] = block.split('/');
  const base = addressOf(text);
  if (base === undefined || more.length > 0 || !/^\d+$/.test(mask) || Number(mask) >= base.bits) {
    throw new InvalidPatternError(path, 'must be an address, a slash and a mask shorter than the address');
  }
  const top = base.value | ((1n << BigInt(base.bits - Number(mask))) - 1n);
  return (candidate) => {
    const address = addressOf(candidate);
    return address?.bits === base.bits && address.value >= base.value && address.value <= top;
  };
}

function addressOf(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, value: fromDigits(text.split('.').map(Number), 8n) };
  if (!isIPv6(text) || /[.%]/.test(text)) return undefined;
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const gap = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return { bits: 128, value: fromDigits([...before, ...gap, ...after], 16n) };
}

const groupsOf = (text: string): readonly number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

const fromDigits = (digits: readonly number[], width: bigint): bigint =>
  digits.reduce((value, digit) => (value << width) | BigInt(digit), 0n);
