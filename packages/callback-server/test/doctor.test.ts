import { expect, test } from 'vitest';
import { checkClock } from '../src/doctor/check-clock.ts';
import { judgeRoom } from '../src/doctor/check-disk.ts';
import { judgeFlush } from '../src/doctor/check-flush.ts';
import { checkPublicUrl } from '../src/doctor/check-public-url.ts';
import { token } from './callbacks.ts';
import { startServer } from './running-server.ts';

test.each([
  ['too fast to be true', 0.002, 'warning'],
  ['of a good disk', 0.2, 'ok'],
  ['of a disk that turns', 8, 'ok'],
  ['too slow for a callback to wait for', 80, 'warning'],
])('of a flush %s, %d ms, makes: %s', (_, milliseconds, grade) => {
  expect(judgeFlush(Array.from({ length: 64 }, () => milliseconds)).grade).toBe(grade);
});

test.each([
  ['plenty', 500, 'ok'],
  ['little', 30, 'warning'],
  ['less than the reserve', 9, 'failure'],
])('of a disk with %s left makes: %s', (_, freeBytes, grade) => {
  expect(judgeRoom({ bytes: 1000, freeBytes }, 10).grade).toBe(grade);
});

const now = new Date('2026-01-01T12:00:00Z');

test.each([
  ['with nothing to compare it to', undefined, undefined, 'ok'],
  ['that is later than the newest callback', new Date('2025-12-31T00:00:00Z'), undefined, 'ok'],
  ['that is before the newest callback', new Date('2026-01-01T12:02:00Z'), undefined, 'failure'],
  ['that agrees with another', undefined, new Date('2026-01-01T12:00:05Z'), 'ok'],
  ['that is apart from another', undefined, new Date('2026-01-01T11:00:00Z'), 'failure'],
])('of a clock %s makes: %s', (_, newest, elsewhere, grade) => {
  expect(checkClock(now, newest, elsewhere).grade).toBe(grade);
});

test('finds the way to a running server, and leaves no callback behind', async () => {
  const { url, server } = await startServer();
  const { finding, date } = await checkPublicUrl(`${url}/`, token, {});
  expect(finding).toMatchObject({ grade: 'warning', says: expect.stringContaining('by http') });
  expect(Math.abs((date?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(await server.callbacks.list()).toEqual([]);
});

test('says where the way leads wrong, and never with which token', async () => {
  const { url } = await startServer({ allowedAddresses: ['192.0.2.1'] });
  const says = async (address: string, given: string) => (await checkPublicUrl(address, given, {})).finding;
  const wrong = await says(url, 'not-a-live-token-1');
  expect(wrong).toMatchObject({ grade: 'failure', says: expect.stringContaining('404') });
  expect(JSON.stringify(wrong)).not.toContain('not-a-live-token-1');
  expect(await says(url, token)).toMatchObject({ grade: 'warning', says: expect.stringContaining('401') });
  expect(await says('http://127.0.0.1:9', token)).toMatchObject({ grade: 'failure' });
});
