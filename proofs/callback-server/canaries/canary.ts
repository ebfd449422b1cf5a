/** Something that looks like a person's number and is nobody's, and that stands in one callback alone. */
export interface Canary {
  readonly pan: string;
  readonly aadhaar: string;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const shapes = /ZZ[A-Z]{3}\d{4}Z|0000\d{8}/g;

/** Real PANs do not begin with ZZ, and no Aadhaar number begins with 0. */
export function canaryOf(number: number): Canary {
  const word = [676, 26, 1].map((place) => letters[Math.floor(number / place) % 26]).join('');
  const digits = String(number).padStart(8, '0');
  return { pan: `ZZ${word}${digits.slice(-4)}Z`, aadhaar: `0000${digits}` };
}

/** The canaries of a number of callbacks that stand in a text or in bytes, in any of the usual encodings. */
export function canariesIn(content: string | Uint8Array, count: number): ReadonlySet<string> {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  // As UTF-16 every second byte is 0.
  const found = [...(text.match(shapes) ?? []), ...(text.replaceAll('\0', '').match(shapes) ?? [])];
  return new Set(found.filter((shape) => isCanary(shape, count)));
}

function isCanary(shape: string, count: number): boolean {
  const number = shape.startsWith('ZZ') ? undefined : Number(shape);
  if (number !== undefined) return number < count;
  return pans(count).has(shape);
}

const known = new Map<number, ReadonlySet<string>>();

function pans(count: number): ReadonlySet<string> {
  const made =
    known.get(count) ?? new Set(Array.from({ length: count }, (_, number) => canaryOf(number).pan));
  known.set(count, made);
  return made;
}
