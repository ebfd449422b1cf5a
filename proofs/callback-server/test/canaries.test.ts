import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { canariesIn, canaryOf } from '../inputs/canary.ts';

const count = 10_000;

/** What logs, metrics and database files hold without any callback. */
const chanceTexts: readonly [string, string][] = [
  ['the name of a PostgreSQL WAL segment', '000000010000000000000000 00000001000000A900000041.partial'],
  ['a nil UUID and a random one', `00000000-0000-0000-0000-000000000000 ${randomUUID()}`],
  ['a run of zeros', '0'.repeat(4096)],
  ['a time', `${Date.now()} 1700000000000 2026-01-01T00:00:00.000000000000Z`],
  ['an IPv6 address', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ['hashes', createHash('sha512').update(String(Date.now())).digest('hex').repeat(100)],
  ['base64', randomBytes(1_000_000).toString('base64')],
  ['random bytes', randomBytes(1_000_000).toString('latin1')],
  ['the capital letters', 'ZYXWVUTSRQPONMLKJIHGFEDCBA'.repeat(100)],
];

test.each(chanceTexts)('%s holds no canary', (_, text) => {
  expect([...canariesIn(text, count)]).toEqual([]);
});

test.each([0, 1, 25, 675, 9999])('both canaries of callback %i are found in text and in UTF-16', (number) => {
  const { pan, aadhaar } = canaryOf(number);
  const text = `GET /${pan}?of=${aadhaar}`;
  for (const content of [text, Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le')])
    expect([...canariesIn(content, count)].sort()).toEqual([aadhaar, pan].sort());
});

test('a callback has its own two canaries, and no canary is part of another', () => {
  const all = Array.from({ length: count }, (_, number) => Object.values(canaryOf(number))).flat();
  expect(new Set(all).size).toBe(2 * count);
  expect(new Set(all.map((canary) => canary.length)).size).toBe(1);
});

test('a canary of a callback that was not sent is not counted', () => {
  expect([...canariesIn(canaryOf(count).pan, count)]).toEqual([]);
});
