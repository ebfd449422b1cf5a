import { hasGstinCharacter, hasVerhoeffDigit } from './check-digits.ts';

interface Kind {
  kind: string;
  pattern: RegExp;
  /** Whether a match may be a real identifier. */
  mayExist: (text: string) => boolean;
}

const reservedDomain = /(^|[@.])(example(\.(com|org|net))?|test|invalid|localhost)$/i;

const kinds: Kind[] = [
  {
    kind: 'Aadhaar number',
    pattern: /\b[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}\b/g,
    mayExist: (text) => hasVerhoeffDigit(digitsOf(text)),
  },
  {
    kind: 'Aadhaar virtual id',
    pattern: /\b[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b/g,
    mayExist: (text) => hasVerhoeffDigit(digitsOf(text)),
  },
  // The fourth letter gives the kind of holder. A PAN with another letter, or with the number 0000, was never issued.
  {
    kind: 'PAN',
    pattern: /\b[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]\b/g,
    mayExist: (text) => !text.includes('0000'),
  },
  {
    kind: 'GSTIN',
    pattern: /\b\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]\b/g,
    mayExist: hasGstinCharacter,
  },
  { kind: 'mobile number', pattern: /(?<![\w.])(\+91[ -]?)?[6-9]\d{9}\b(?!\.)/g, mayExist: () => true },
  {
    kind: 'email address',
    pattern: /[\w.+-]+@[\w-]+(\.[\w-]+)*/g,
    mayExist: (text) => !reservedDomain.test(text),
  },
];

/** The kind of every value in a JSON value, keys included, that may identify a real person or business. */
export function realIdentifiers(value: unknown): string[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flat().flatMap(realIdentifiers);
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  return kinds.flatMap(({ kind, pattern, mayExist }) =>
    [...String(value).matchAll(pattern)].flatMap(([text]) => (mayExist(text) ? [kind] : [])),
  );
}

function digitsOf(text: string): number[] {
  return [...text.replace(/\D/g, '')].map(Number);
}
