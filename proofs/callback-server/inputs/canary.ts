/** Two values in place of a person's PAN and Aadhaar number. Only one callback carries them. */
export type Canary = ReturnType<typeof canaryOf>;

// Twelve letters that no text contains by chance. Hexadecimal, digits, times and addresses have other letters.
const panMarker = 'QXZVKJWPGTHY';
const aadhaarMarker = 'JWQGXKZVTYHP';
/** Writes a number in letters that are no hexadecimal digits. */
const letters = 'GHJKMNPQRSTVWXYZ';
export const canaryPattern = new RegExp(`(?:${panMarker}|${aadhaarMarker})[${letters}]{8}`, 'g');

export function canaryOf(number: number) {
  const digits = number.toString(16).padStart(8, '0');
  const word = digits.replace(/./g, (digit) => letters[Number.parseInt(digit, 16)] ?? '');
  return { pan: `${panMarker}${word}`, aadhaar: `${aadhaarMarker}${word}` };
}

/** Finds the canaries of the first `count` callbacks in text or bytes, as UTF-8 or UTF-16. */
export function canariesIn(content: string | Uint8Array, count: number): ReadonlySet<string> {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  // In UTF-16 every second byte is 0.
  const found = [
    ...(text.match(canaryPattern) ?? []),
    ...(text.replaceAll('\0', '').match(canaryPattern) ?? []),
  ];
  return new Set(found.filter((canary) => numberOf(canary) < count));
}

/** The number of the callback that carries a canary. */
export function numberOf(canary: string): number {
  const digits = [...canary.slice(panMarker.length)].map((letter) => letters.indexOf(letter).toString(16));
  return Number.parseInt(digits.join(''), 16);
}
