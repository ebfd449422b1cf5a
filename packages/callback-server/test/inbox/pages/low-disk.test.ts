import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { startServer } from '../../support/running-server.ts';

/** Does not fill the disk of the test: `statfs` is mocked, and reports no free space. */
function fillDisk(): void {
  const { statfsSync } = fs;
  const { statfs } = promises;
  vi.spyOn(fs, 'statfsSync').mockImplementation((path) => ({ ...statfsSync(path), bavail: 0 }));
  vi.spyOn(promises, 'statfs').mockImplementation(async (path) => ({ ...(await statfs(path)), bavail: 0 }));
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
}

test('on a disk that is almost full, every page of the inbox works, and reports the disk', async () => {
  fillDisk();
  const { adminUrl, post } = await startServer();
  expect((await post('accept', callback('accept'))).status).toBe(503);
  const browser = createBrowser(adminUrl);
  for (const path of ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings']) {
    const page = await browser.get(`/inbox${path}`);
    expect([page.status, textOf(page)]).toEqual([
      200,
      expect.stringContaining('disk of the database is almost full'),
    ]);
  }
});
