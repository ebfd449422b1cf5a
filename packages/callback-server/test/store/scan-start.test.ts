import { expect, test } from 'vitest';
import { createScanStart } from '../../src/store/postgres/scan-start.ts';

/** Creates scans that each take `ms` milliseconds of a fake clock. `scan` resolves to where the scan started. */
function scanWith(ms: number) {
  let now = 0;
  const scans = createScanStart<number | undefined, number>(
    (found) => found,
    () => now,
  );
  return {
    wait: (milliseconds: number) => (now += milliseconds),
    scan: (found?: number) =>
      new Promise<number | undefined>((resolve) => {
        void scans.run(async (start) => {
          now += ms;
          resolve(start);
          return found;
        });
      }),
  };
}

test('a scan starts where the last scan ended, and one scan a second is whole', async () => {
  const { scan, wait } = scanWith(10);
  expect([await scan(5), await scan(7), await scan(), await scan()]).toEqual([undefined, 5, 7, 7]);
  wait(1000);
  expect([await scan(), await scan()]).toEqual([undefined, 7]);
});

test('whole scans that take long are rare', async () => {
  const { scan, wait } = scanWith(500);
  expect(await scan(5)).toBeUndefined();
  wait(8000);
  expect(await scan()).toBe(5);
  wait(2000);
  expect(await scan()).toBeUndefined();
});
