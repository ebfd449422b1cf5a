import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { startServer } from '../../support/running-server.ts';

const length = 260_000;

/** Bodies that a sender who knows the token can post. Each is shorter than the default limit. */
const bodies = [
  ['quotes that nothing closes', `[${'"\\'.repeat(length / 2)}`],
  ['quotes before a backslash and a line break', `[${'"\\'.repeat(length / 2 - 1)}\n`],
  ['an open bracket for each character', '['.repeat(length)],
  ['arrays in arrays', '['.repeat(length / 2) + ']'.repeat(length / 2)],
  ['texts that look masked', `[${'"[x]",'.repeat(length / 6)}1]`],
  ['objects in objects', `${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`],
] as const;

test('a body that is hard to indent is revealed like any other body', async () => {
  const { adminUrl, post, server } = await startServer();
  const browser = createBrowser(adminUrl);
  for (const [kind, body] of bodies) {
    expect((await post('pending', body)).status).toBe(200);
    const [kept] = await server.callbacks.list();
    const path = `/inbox/callbacks/${kept?.id}`;
    expect((await browser.get(path)).status, kind).toBe(200);
    const revealed = await browser.post(`${path}/reveal`, { reason: 'EXAMPLE-ticket 7' });
    expect([revealed.status, revealed.text], kind).toEqual([
      200,
      expect.stringContaining('The body, revealed'),
    ]);
  }
});
