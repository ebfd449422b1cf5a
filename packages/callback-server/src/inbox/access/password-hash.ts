import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** How a password is turned into a key. `N` and `r` decide the memory. All three decide the time. */
interface PasswordHash {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** OWASP rates these costs like N = 2^17 and p = 1, with half of the memory: 64 MiB. */
const costs = { N: 2 ** 16, r: 8, p: 2 };
const saltBytes = 16;
const keyBytes = 32;

/**
 * Passwords with cheaper hashes can be guessed. More expensive hashes could exhaust the memory that the receiver
 * needs.
 */
const blockLimits = { min: 2 ** 17, max: 2 ** 20 };
const maxRounds = 16;

/** Parses a hash; `undefined` if the text is no hash, or if its costs are too low or too high. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, N, r, p, salt = '', key = ''] =
    /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22,86})\$([\w-]{43,86})$/.exec(text) ?? [];
  const hash = { N: Number(N), r: Number(r), p: Number(p), salt: bytesOf(salt), key: bytesOf(key) };
  const blocks = hash.N * hash.r;
  const isAcceptable =
    Number.isInteger(Math.log2(hash.N)) &&
    blocks >= blockLimits.min &&
    blocks <= blockLimits.max &&
    hash.p >= 1 &&
    hash.p <= maxRounds;
  return isAcceptable ? hash : undefined;
}

/** Hashes a password with a new salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, { ...costs, salt, length: keyBytes });
  const { N, r, p } = costs;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password has a hash. `false` for each hash that `parsePasswordHash` refuses. */
export async function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  const hash = parsePasswordHash(passwordHash);
  if (!hash) return false;
  const key = await derive(password, { ...hash, length: hash.key.length });
  return timingSafeEqual(key, hash.key);
}

function derive(
  password: string,
  { N, r, p, salt, length }: Omit<PasswordHash, 'key'> & { readonly length: number },
): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * (N + p) * r };
  // Keyboards differ in how they compose letters.
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
