/** Keyed randomness: 32 hexadecimal digits for a key. */
export type Derive = (key: string) => string;

/**
 * Turns a seed into keyed randomness. The hash (cyrb128) is small, pure and runs anywhere; it hides nothing, and in a
 * sandbox nothing needs hiding.
 */
export function createDerive(seed: string | number): Derive {
  return (key) => hash(`${seed} ${key}`).map(toHex).join('');
}

function hash(text: string): number[] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

const bytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** By a table, since every id and token is made of these. */
function toHex(word: number): string {
  const byteAt = (shift: number): string => bytes[(word >>> shift) & 255] ?? '';
  return byteAt(24) + byteAt(16) + byteAt(8) + byteAt(0);
}
