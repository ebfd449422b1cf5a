import { expect, test } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { openInChromium } from '../../support/chromium-page.ts';
import { startServer } from '../../support/running-server.ts';

/** An open list with one callback. `update` asks for the update that comes every few seconds. */
async function openList() {
  const running = await startServer();
  await running.post('pending', callback('pending', { id: 'EXAMPLE-first' }));
  const opened = await openInChromium(`${running.adminUrl}/inbox/callbacks`);
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

test('an open list shows new callbacks, says so, and keeps the focus and what is opened', async () => {
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

test('a skip link passes the header', async () => {
  const { page, focus, keyboard } = await openList();
  await keyboard.press('Tab');
  expect(await focus()).toBe('Skip to the content');
  await keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
});
