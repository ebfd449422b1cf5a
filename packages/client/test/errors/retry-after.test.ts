import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPartnerClient, RateLimitError } from '../../src/index.ts';
import { credentials } from '../support/provider.ts';

/** The delay in milliseconds that an error has for a header. Several values are several headers. */
async function delayOf(...values: string[]): Promise<number | undefined> {
  const headers = new Headers(values.map((value): [string, string] => ['Retry-After', value]));
  const fetch = async () => new Response('{}', { status: 429, headers });
  const partner = createPartnerClient({ environment: 'preproduction', retry: false, fetch });
  const error = await partner.loginPartner(credentials).catch((error: unknown) => error);
  if (error instanceof RateLimitError) return error.retryAfterMs;
  throw error;
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7000],
    ['7 ', 7000],
    ['7\t', 7000],
    ['1.5', 1500],
    ['-5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['Soon 5', undefined],
    ['5 seconds', undefined],
    ['1.2.3', undefined],
    ['0x10', undefined],
    ['2026-11-26T08:00:00Z', undefined],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
  ])('the value %j asks for a delay of %s ms', async (value, delayMs) => {
    expect(await delayOf(value)).toBe(delayMs);
  });

  test.each([
    [['5', '10'], 10_000],
    [['10', '5'], 10_000],
    [['5', 'soon'], 5000],
    [['soon', 'later'], undefined],
    [['5', 'Sun, 06 Nov 1994 08:49:37 GMT'], 5000],
    [['Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994', '3'], 3000],
  ])('of the values %j the longest counts: %s ms', async (values, delayMs) => {
    expect(await delayOf(...values)).toBe(delayMs);
  });

  test.each(['UTC', 'Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Chatham'])(
    'all three forms of a date are read as UTC in the time zone %s',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 6, 8, 49, 7) });
      expect(new Date().getTimezoneOffset() === 0).toBe(zone === 'UTC');
      for (const date of [
        'Fri, 06 Nov 2026 08:49:37 GMT',
        'Friday, 06-Nov-26 08:49:37 GMT',
        'Fri Nov  6 08:49:37 2026',
      ])
        expect(await delayOf(date), date).toBe(30_000);
    },
  );
});
