import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { eventually } from '../../support/eventually.ts';
import { confirmed, textOf } from '../../support/inbox-pages.ts';

test('a callback of the quarantine is released after a dry run', async () => {
  const { adminUrl, post, server, received } = await startConfirming();
  await post('accept', callback('accept', { id: 'EXAMPLE-forged' }));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.confirmation?.state).toBe('quarantined'),
  );
  const browser = createBrowser(adminUrl);
  const [kept] = await server.callbacks.list();
  const page = await browser.get(`/inbox/callbacks/${kept?.id}`);
  expect(textOf(page)).toMatch(/Confirmation quarantined/);
  const [, link = ''] = /href="(\/inbox\/release\?[^"]+)"/.exec(page.text) ?? [];
  const result = await confirmed(browser, await browser.get(link), '/inbox/release');
  expect(textOf(result)).toContain('Callbacks released from the quarantine: 1.');
  await eventually(() => expect(received).toHaveLength(1));
});
