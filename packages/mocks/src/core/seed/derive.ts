/** Returns 32 lower-case hexadecimal digits for a key: always the same digits for the same seed and key. */
export type Derive = (key: string) => string;

/**
 * Turns a seed into keyed randomness. The hash (cyrb128) is small, pure and runs on every platform. The hash is not
 * cryptographic: a sandbox protects no secrets.
 */
export function createDerive(seed: string | number): Derive {
  // Every key begins with the seed, so its part of the hash is computed once.
  const seeded = absorb([1779033703, 3144134277, 1013904242, 2773480762], `${seed} `);
  return (key) => digitsOf(absorb(seeded, key));
}

/** Returns a number from 0 to just under 1: always the same number for the same seed and key. */
export function fractionOf({ derive }: { readonly derive: Derive }, key: string): number {
  return fractionIn(derive(key));
}

/** Reads a number from 0 to just under 1 out of derived digits. */
export function fractionIn(digits: string): number {
  return Number.parseInt(digits.slice(0, 8), 16) / 2 ** 32;
}

type Words = readonly [number, number, number, number];

function absorb([first, second, third, fourth]: Words, text: string): Words {
  let [a, b, c, d] = [first, second, third, fourth];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  return [a, b, c, d];
}

function digitsOf([first, second, third, fourth]: Words): string {
  const a = Math.imul(third ^ (first >>> 18), 597399067);
  const b = Math.imul(fourth ^ (second >>> 22), 2869860233);
  const c = Math.imul(a ^ (third >>> 17), 951274213);
  const d = Math.imul(b ^ (fourth >>> 19), 2716044179);
  return toHex(a ^ b ^ c ^ d) + toHex(b ^ a) + toHex(c ^ a) + toHex(d ^ a);
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Looks the digits up in a table, which is fast: every id and token needs them. */
function toHex(word: number): string {
  const byteAt = (shift: number): string => hexOfByte[(word >>> shift) & 255] ?? '';
  return byteAt(24) + byteAt(16) + byteAt(8) + byteAt(0);
}
