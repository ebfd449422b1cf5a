import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { eventually } from '../../support/eventually.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { inboxPaths, startOpenInbox } from '../../support/open-inbox.ts';
import { startServer } from '../../support/running-server.ts';

test('a slash at the end of an address changes nothing', async () => {
  const { adminUrl } = await startServer();
  const browser = createBrowser(adminUrl);
  for (const path of ['/inbox/', '/inbox/callbacks/', '/inbox/callbacks/?event=accept'])
    expect((await browser.get(path)).status, path).toBe(200);
});

test('the admin port leads to the inbox, whose pages work without a script', async () => {
  const { browser } = await startOpenInbox();
  const root = await browser.get('/');
  expect([root.status, root.headers.location]).toEqual([302, '/inbox']);
  for (const path of inboxPaths) {
    const page = await browser.get(`/inbox${path}`);
    expect([path, page.status, page.headers['content-type']]).toEqual([
      path,
      200,
      'text/html; charset=UTF-8',
    ]);
    expect(page.text.match(/<h1>/g)).toHaveLength(1);
    expect(page.text).toMatch(/^<!doctype html><html lang="en">/);
    expect(page.text).not.toMatch(
      / style=|<style|<script(?! type="module" src="\/inbox\/\w+\.js"><)| on\w+=/,
    );
  }
  expect((await browser.get('/inbox/unknown')).status).toBe(404);
  expect((await browser.get('/inbox/callbacks/unknown')).status).toBe(404);
});

test('style sheets and scripts come from the inbox, and are not sent again if they are the same', async () => {
  const { browser } = await startOpenInbox();
  const { text } = await browser.get('/inbox');
  const files = [...text.matchAll(/(?:href|src)="(\/inbox\/\w+\.(?:css|js))"/g)].map(([, file = '']) => file);
  expect(files).toHaveLength(5);
  for (const file of files) {
    const { status, headers } = await browser.get(file);
    expect([status, headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/^text\/(css|javascript)/),
    ]);
    expect((await browser.get(file, { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  }
});

test('every link of a page leads to a page, whatever the ids of callbacks are', async () => {
  const { browser, post } = await startOpenInbox({ deliveryDelaysMs: [] }, ({ on }) =>
    on('pending', () => {
      throw new Error('dead');
    }),
  );
  const ids = ['one', 'x'.repeat(200), 'y'.repeat(201), 'z'.repeat(3000), `&?#%"'<b>é/..`];
  for (const id of ids) {
    await post('pending', callback('pending', { id, signzyAppId: id, realmId: id, subStatus: id }));
    await post('pending', callback('pending', { id, status: undefined }));
  }
  await eventually(async () =>
    expect(textOf(await browser.get('/inbox/routes'))).toContain('handler closed 0'),
  );
  const seen = new Set(['/inbox']);
  for (const path of seen) {
    const page = await browser.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    for (const [, link = ''] of page.text.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const target = new URL(unescaped(link), `http://inbox.example${path}`);
      if (seen.size < 300) seen.add(`${target.pathname}${target.search}`);
    }
  }
  expect(seen.size).toBeGreaterThan(40);
});

function unescaped(text: string): string {
  const letters = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
  return text.replaceAll(/&(amp|quot|lt|gt|#39);/g, (_, name: keyof typeof letters) => letters[name]);
}
