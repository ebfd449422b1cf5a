import { expect, test } from 'vitest';
import { type ClockReading, checkClock } from '../../src/doctor/check-clock.ts';
import { assessDiskSpace } from '../../src/doctor/check-disk.ts';
import { assessFlush } from '../../src/doctor/check-flush.ts';
import { checkPublicUrl } from '../../src/doctor/check-public-url.ts';
import { token } from '../support/callbacks.ts';
import { startServer } from '../support/running-server.ts';

test.each([
  ['too fast to be true', 0.002, 'warning'],
  ['of a good disk', 0.2, 'ok'],
  ['of a disk that turns', 8, 'ok'],
  ['too slow for a callback to wait for', 80, 'warning'],
])('a flush %s, of %d ms, gives the level %s', (_, milliseconds, level) => {
  expect(assessFlush(Array.from({ length: 64 }, () => milliseconds)).level).toBe(level);
});

test.each([
  ['plenty', 500, 'ok'],
  ['little', 30, 'warning'],
  ['less than the reserve', 9, 'failure'],
])('a disk with %s left, %d of 1000 bytes, gives the level %s', (_, freeBytes, level) => {
  expect(assessDiskSpace({ bytes: 1000, freeBytes, reusableBytes: 0 }, 10).level).toBe(level);
});

const now = new Date('2026-01-01T12:00:00Z');

const future = new Date('2026-01-01T13:00:00Z');

test.each<[string, Date | undefined, ClockReading[], RegExp]>([
  ['with nothing to compare it to', undefined, [], /^says 2026-01-01T12:00:00.000Z$/],
  ['that is later than the newest callback', new Date('2025-12-31T00:00:00Z'), [], /^says/],
  [
    'that agrees with another clock',
    undefined,
    [reading('PUBLIC_URL', 5)],
    /agrees with the one at PUBLIC_URL/,
  ],
  [
    'that is a minute ahead',
    undefined,
    [reading('DATABASE_URL', -60)],
    /agrees with the one at DATABASE_URL/,
  ],
  [
    'that is behind another clock',
    undefined,
    [reading('PUBLIC_URL', 3600)],
    /this machine's clock is 3600 s behind the one at PUBLIC_URL\. Run a time service on this machine\. If/,
  ],
  [
    "that is ahead of the database's",
    future,
    [reading('DATABASE_URL', -3600)],
    /this machine's clock is 3600 s ahead of the one at DATABASE_URL\. Run a time service on this machine\. If/,
  ],
  [
    "that is ahead of the database's, while the public URL leads to this machine",
    future,
    [reading('DATABASE_URL', -3600), reading('PUBLIC_URL', 0)],
    /this machine's clock is 3600 s ahead of the one at DATABASE_URL\. Run a time service on this machine\. If/,
  ],
  [
    'that is ahead of both other clocks',
    undefined,
    [reading('DATABASE_URL', -3600), reading('PUBLIC_URL', -3599)],
    /is 3600 s ahead of the one at DATABASE_URL, and 3599 s ahead of the one at PUBLIC_URL\. .* on this machine\. If/,
  ],
  [
    "that agrees with the database's alone",
    undefined,
    [reading('DATABASE_URL', 0), reading('PUBLIC_URL', -61)],
    /^the clock at PUBLIC_URL is 61 s behind this machine's, which agrees .* on the other machine\.$/,
  ],
  [
    'that is right, while another replica was ahead',
    future,
    [reading('DATABASE_URL', 0)],
    /3600 s in the future .* agrees with the one at DATABASE_URL: the clock of a machine that receives callbacks/,
  ],
  [
    'that is before the newest callback',
    future,
    [],
    /3600 s in the future .*: the clock is behind, or it was/,
  ],
])(
  'the finding about a clock %s describes the clock, and blames the right machine',
  (_, newest, readings, says) => {
    const finding = checkClock(now, newest, readings);
    expect(finding.message).toMatch(says);
    expect(finding.level).toBe(finding.message.includes('Run a time service') ? 'failure' : 'ok');
  },
);

test('clocks are compared at the time of the reading, however long the doctor takes', () => {
  const early = { ...reading('DATABASE_URL', 0), own: now };
  expect(checkClock(new Date(now.getTime() + 600_000), undefined, [early]).level).toBe('ok');
});

/** Returns the reading of a clock that is ahead by some seconds. */
function reading(at: ClockReading['at'], seconds: number): ClockReading {
  return { at, other: new Date(now.getTime() + seconds * 1000), own: now };
}

test('the public URL check reaches a running server and stores no callback', async () => {
  const { url, server } = await startServer();
  const { finding, clock } = await checkPublicUrl(`${url}/`, token, {});
  expect(finding).toMatchObject({ level: 'warning', message: expect.stringContaining('by http') });
  expect(clock && checkClock(new Date(), undefined, [clock]).message).toContain('agrees');
  expect(await server.callbacks.list()).toEqual([]);
});

test('the public URL check names the problem, and never the token', async () => {
  const { url } = await startServer({ allowedAddresses: ['192.0.2.1'] });
  const says = async (address: string, given: string) => (await checkPublicUrl(address, given, {})).finding;
  const wrong = await says(url, 'not-a-live-token-1');
  expect(wrong).toMatchObject({ level: 'failure', message: expect.stringContaining('404') });
  expect(JSON.stringify(wrong)).not.toContain('not-a-live-token-1');
  expect(await says(url, token)).toMatchObject({ level: 'warning', message: expect.stringContaining('401') });
  expect(await says('http://127.0.0.1:2', token)).toMatchObject({ level: 'failure' });
});
