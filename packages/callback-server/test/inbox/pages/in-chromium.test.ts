import { expect, test } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { openInChromium } from '../../support/chromium-page.ts';
import { startConfirming } from '../../support/confirming-server.ts';
import { eventually } from '../../support/eventually.ts';
import { inboxUser, passwordOf } from '../../support/inbox-users.ts';
import { startServer } from '../../support/running-server.ts';

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
  const { page, errors, shortcuts, heading, tabTo, keyboard } = await openInChromium(adminUrl);

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
  expect(await page.getByRole('group', { name: 'The body, revealed' }).textContent()).toContain(
    'Asha Canary',
  );

  // Deliver again.
  isMended = true;
  await tabTo('Deliver again to handler');
  await keyboard.press('Enter');
  await heading('Deliver again');
  await tabTo('Deliver 1 again');
  await keyboard.press('Enter');
  await page.getByText('Opened deliveries: 1.').waitFor();
  await shortcuts();
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
  await heading('Release');
  await tabTo('Release 1');
  await keyboard.press('Enter');
  await page.getByText('Callbacks released from the quarantine: 1.').waitFor();
  await eventually(async () => expect((await words())[0]).toBe('released, confirm taken, handler taken'));
  expect(errors).toEqual([]);
});

/** Opens a list with one callback. The list does not update itself every few seconds: `update` updates it. */
async function openList() {
  const running = await startServer();
  await running.post('pending', callback('pending', { id: 'EXAMPLE-first' }));
  const opened = await openInChromium(`${running.adminUrl}/inbox/callbacks`, 'setInterval = () => 0');
  const { page } = opened;
  await page.getByRole('button', { name: 'Pause updates' }).waitFor();
  const update = async () => {
    const fetched = page.waitForResponse(/\/inbox\/callbacks$/);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await (await fetched).finished();
  };
  const isShown = (id: string) => page.getByText(id).count();
  return { ...running, ...opened, update, isShown };
}

test('an open list shows new callbacks, says so, and keeps the focus and the opened fields', async () => {
  const { post, page, update, focus, keyboard } = await openList();
  await page.getByText('More fields').click();
  await keyboard.press('Escape');
  await keyboard.press('j');
  const before = await focus();
  await post('pending', callback('pending', { id: 'EXAMPLE-second' }));
  await update();
  await page.getByText('EXAMPLE-second').waitFor();
  await page.getByText(/^Updated at \d\d:\d\d:\d\d\.$/).waitFor();
  expect(await focus()).toBe(before);
  expect(await page.locator('#more-fields[open]').count()).toBe(1);
});

test('a list stays as it is while something is selected or typed, and while updates are paused', async () => {
  const { post, page, update, isShown } = await openList();
  const never = page.waitForRequest(/\/inbox\/callbacks$/).then(() => 'updated');
  const skipUpdate = () => page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
  await post('pending', callback('pending', { id: 'EXAMPLE-second' }));
  const mark = page.getByRole('checkbox').first();
  await mark.check();
  await skipUpdate();
  await page.getByLabel('Merchant id').fill('EXAMPLE');
  await mark.uncheck();
  await skipUpdate();
  await page.getByLabel('Merchant id').fill('');
  await page.getByRole('button', { name: 'Pause updates' }).click();
  await skipUpdate();
  expect(await Promise.race([never, page.evaluate('"not updated"')])).toBe('not updated');
  expect(await isShown('EXAMPLE-second')).toBe(0);
  await page.getByRole('button', { name: 'Pause updates' }).click();
  await update();
  await page.getByText('EXAMPLE-second').waitFor();
});

test('single keys can be switched off, and do nothing in a text field', async () => {
  const { page, focus, keyboard } = await openList();
  await keyboard.press('/');
  await keyboard.type('gj?');
  expect(await page.getByLabel('Merchant id').inputValue()).toBe('gj?');
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByLabel('Use these shortcuts').uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await keyboard.press('j');
  await keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await focus()).toBe('Shortcuts');
});

test('a skip link moves the focus past the header', async () => {
  const { page, focus, keyboard } = await openList();
  await keyboard.press('Tab');
  expect(await focus()).toBe('Skip to the content');
  await keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
});
