import { createPartnerClient } from '@partner-ecosystem/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createPulls, PullRefusedError } from '../../src/confirm/create-pulls.ts';
import type { Provider } from '../../src/confirm/provider.ts';

test('an id that cannot be sent is refused, and does not count as a pull that worked', async () => {
  let time = 0;
  const provider = () => ({ pullMerchant: () => Promise.reject(new TypeError('the id cannot be sent')) });
  const outcomes: string[] = [];
  const pulls = createPulls(
    provider,
    60,
    (outcome) => outcomes.push(outcome),
    () => time,
  );
  time = 5000;
  await expect(pulls.pull('..', 'realm', new AbortController().signal)).rejects.toThrow(PullRefusedError);
  expect([pulls.workingMs(), pulls.silentMs(), outcomes]).toEqual([0, 5000, ['refused']]);
});

const merchant = ['6553f1000000000000000004', '6553e0000000000000000002'] as const;
const url = 'https://provider.test';
const credentials = { username: 'not-a-user', password: 'not-a-real-password' };

/** Pulls from a provider that always asks to wait, and the number of pulls that it got. */
function pullsWhile(retryAfter: string) {
  let sent = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.url.includes('/login'))
      return Response.json({ id: 'not-a-real-token', ttl: 1209600, userId: '6553f0000000000000000001' });
    sent += 1;
    return new Response('{}', { status: 429, headers: { 'retry-after': retryAfter } });
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const provider: Provider = (fetch) =>
    createPartnerClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials, fetch });
  const pulls = createPulls(
    provider,
    6000,
    () => {},
    () => 0,
  );
  return { pulls, sent: () => sent };
}

test.each(['120', new Date(Date.now() + 3_600_000).toUTCString()])(
  'a Retry-After of %s also stops the pulls that already wait for their turn',
  async (retryAfter) => {
    const { pulls, sent } = pullsWhile(retryAfter);
    const { signal } = new AbortController();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => pulls.pull(...merchant, signal)),
    );
    for (const result of results)
      expect(result).toMatchObject({ reason: { message: 'the provider has asked to wait' } });
    expect(sent()).toBe(1);
  },
);

test('a Retry-After that the client itself waits for stops the other pulls', async () => {
  const { pulls, sent } = pullsWhile('20');
  const stopping = new AbortController();
  const first = pulls.pull(...merchant, stopping.signal).catch((error: unknown) => error);
  await vi.waitFor(() => expect(sent()).toBe(1));
  await expect(pulls.pull(...merchant, new AbortController().signal)).rejects.toThrow(
    'the provider has asked to wait',
  );
  stopping.abort();
  await first;
  expect(sent()).toBe(1);
});
