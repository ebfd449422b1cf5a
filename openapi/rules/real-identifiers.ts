import { gstinCheck, verhoeffCheck } from './check-digits.ts';

/** A string that could identify a real person or business. */
export interface RealIdentifier {
  kind: string;
  text: string;
}

interface Kind {
  kind: string;
  pattern: RegExp;
  /** Whether what matched is one that can have been issued. */
  issued: (text: string) => boolean;
}

const reservedDomain = /(^|[@.])(example(\.(com|org|net))?|test|invalid|localhost)$/i;

const kinds: Kind[] = [
  {
    kind: 'Aadhaar number',
    pattern: /\b[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}\b/g,
    issued: (text) => verhoeffCheck(digitsOf(text)),
  },
  {
    kind: 'Aadhaar virtual id',
    pattern: /\b[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b/g,
    issued: (text) => verhoeffCheck(digitsOf(text)),
  },
  // The fourth letter is the holder's kind; a PAN of any other letter, or with the number 0000, was never issued.
  {
    kind: 'PAN',
    pattern: /\b[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]\b/g,
    issued: (text) => !text.includes('0000'),
  },
  {
    kind: 'GSTIN',
    pattern: /\b\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]\b/g,
    issued: (text) => gstinCheck(text),
  },
  { kind: 'mobile number', pattern: /(?<![\w.])(\+91[ -]?)?[6-9]\d{9}\b(?!\.)/g, issued: () => true },
  {
    kind: 'email address',
    pattern: /[\w.+-]+@[\w-]+(\.[\w-]+)*/g,
    issued: (text) => !reservedDomain.test(text),
  },
];

/** Every identifier within a JSON value that could be somebody's. */
export function realIdentifiers(value: unknown): RealIdentifier[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, member]) => [
      ...realIdentifiers(key),
      ...realIdentifiers(member),
    ]);
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  return kinds.flatMap(({ kind, pattern, issued }) =>
    [...String(value).matchAll(pattern)].flatMap(([text]) => (issued(text) ? [{ kind, text }] : [])),
  );
}

function digitsOf(text: string): number[] {
  return [...text.replace(/\D/g, '')].map(Number);
}
