import type * as fs from 'node:fs';
import type * as fsPromises from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { startServer } from '../../support/running-server.ts';

// The disk of the test is not filled: it has no free space by what it says.
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  return { ...original, statfsSync: (path: string) => ({ ...original.statfsSync(path), bavail: 0 }) };
});
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof fsPromises>();
  return { ...original, statfs: async (path: string) => ({ ...(await original.statfs(path)), bavail: 0 }) };
});

test('on a disk that is almost full, every page of the inbox works, and says so', async () => {
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
