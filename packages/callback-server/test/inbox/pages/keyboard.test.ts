import { expect, test } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { openInChromium } from '../../support/chromium-page.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { eventually } from '../../support/eventually.ts';
import { inboxUser, passwordOf } from '../../support/inbox-users.ts';

test('the keyboard is enough: sign in, find, open, reveal, deliver again, release', async () => {
  let isMended = false;
  const { adminUrl, post, server } = await startConfirming(
    { inboxUsers: [inboxUser('olga', 'operator', 'revealer')], deliveryDelaysMs: [1] },
    undefined,
    ({ on }) => {
      on('accept', () => {});
      on('pending', () => {
        if (!isMended) throw new Error('The handler fails.');
      });
    },
  );
  await post('pending', callback('pending', { id: 'EXAMPLE-failing', name: 'Asha Canary' }));
  await post('accept', callback('accept', { id: 'EXAMPLE-forged' }));
  const words = async () =>
    (await server.callbacks.list()).map(({ confirmation, deliveries }) =>
      [confirmation?.state, ...deliveries.map(({ route, state }) => `${route} ${state}`)]
        .filter(Boolean)
        .join(', '),
    );
  await eventually(async () => expect(await words()).toEqual(['quarantined, confirm dead', 'handler dead']));
  const { page, errors, heading, tabTo, keyboard } = await openInChromium(adminUrl);

  // Sign in.
  await page.getByLabel('Name').focus();
  await keyboard.type('olga');
  await keyboard.press('Tab');
  await keyboard.type(passwordOf('olga'));
  await keyboard.press('Enter');
  await heading('Overview');

  // Find, and open.
  await keyboard.press('/');
  await heading('Callbacks');
  await page.locator('#search:focus').waitFor();
  await keyboard.type('EXAMPLE-failing');
  await keyboard.press('Enter');
  await page.waitForURL(/merchantId=EXAMPLE-failing/);
  await keyboard.press('j');
  await keyboard.press('o');
  await heading('Callback pending');

  // Reveal.
  expect(await page.content()).not.toContain('Asha Canary');
  await page.getByLabel(/^Reason to reveal/).focus();
  await keyboard.type('EXAMPLE-ticket');
  await keyboard.press('Enter');
  await heading('The body, revealed');
  expect(await page.getByLabel('The body, revealed').textContent()).toContain('Asha Canary');

  // Deliver again.
  isMended = true;
  await tabTo('Deliver again to handler');
  await keyboard.press('Enter');
  await heading('Deliver again');
  await tabTo('Deliver 1 again');
  await keyboard.press('Enter');
  await page.getByText('Opened 1 deliveries.').waitFor();
  await eventually(async () => expect((await words())[1]).toBe('handler taken'));

  // Release.
  await keyboard.press('g');
  await keyboard.press('c');
  await heading('Callbacks');
  await keyboard.press('j');
  await keyboard.press('Enter');
  await heading('Callback accept');
  await tabTo('Release…');
  await keyboard.press('Enter');
  await tabTo('Release 1');
  await keyboard.press('Enter');
  await page.getByText('Released 1 callbacks').waitFor();
  await eventually(async () => expect((await words())[0]).toBe('released, confirm taken, handler taken'));
  expect(errors).toEqual([]);
});
