import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { eventually } from '../../support/eventually.ts';
import { confirmed } from '../../support/inbox-pages.ts';
import { startServer } from '../../support/running-server.ts';

const actionTimes = [1, 2, 3];

test('the selected callbacks of one merchant are delivered again in the order of their arrival', async () => {
  const received: unknown[] = [];
  const running = await startServer({}, ({ on }) =>
    on('accept', ({ payload }) => void received.push(payload.merchantData.actionTime)),
  );
  for (const actionTime of actionTimes) await running.post('accept', callback('accept', { actionTime }));
  await eventually(() => expect(received).toHaveLength(3));
  const browser = createBrowser(running.adminUrl);
  const kept = await running.server.callbacks.list();
  const selected = kept.map(({ id }) => `id=${id}`).join('&');
  const dryRun = await browser.get(`/inbox/redeliver?${selected}&route=handler&state=taken`);
  await confirmed(browser, dryRun, '/inbox/redeliver');
  await eventually(() => expect(received).toEqual([...actionTimes, ...actionTimes]));
  const audit = (await (await fetch(`${running.adminUrl}/audit`)).json()) as object[];
  expect(audit).toMatchObject(kept.map(({ id }) => ({ details: { route: 'handler', states: 'taken', id } })));
});

test('the selected callbacks of one merchant are released in the order of their arrival', async () => {
  const { adminUrl, post, server, received } = await startConfirming();
  for (const actionTime of actionTimes)
    await post('accept', callback('accept', { id: 'EXAMPLE-forged', actionTime }));
  const quarantined = () => server.callbacks.list({ confirmation: 'quarantined' });
  await eventually(async () => expect(await quarantined()).toHaveLength(3));
  const browser = createBrowser(adminUrl);
  const selected = (await quarantined()).map(({ id }) => `id=${id}`).join('&');
  await confirmed(browser, await browser.get(`/inbox/release?${selected}`), '/inbox/release');
  await eventually(() =>
    expect(received.map(({ payload }) => payload.merchantData.actionTime)).toEqual(actionTimes),
  );
});
