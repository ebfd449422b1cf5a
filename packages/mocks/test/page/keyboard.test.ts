import { launchChromium } from '@partner-ecosystem/browser';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openPage } from '../../check/open-page.ts';
import { startOffice } from '../../check/start-office.ts';

const browser = await launchChromium();
afterAll(() => browser.close());

/** An office with three pending cases, opened in a page. `focus` describes the element with the focus. */
async function openOffice() {
  const office = await startOffice();
  const ids: string[] = [];
  for (const reference of ['EXAMPLE-0001', 'EXAMPLE-0002', 'EXAMPLE-0003'])
    ids.push(await office.submit(reference));
  const { page } = await openPage(browser, office);
  onTestFinished(async () => {
    await page.context().close();
    await office.close();
  });
  await page.getByText('3 cases').waitFor();
  const heading = (name: string) => page.getByRole('heading', { name, exact: false });
  const focus = () =>
    page.evaluate<string>(
      '(({ activeElement: at }) => at.matches("body, main") ? "no focus" : (at.getAttribute("aria-label") ?? at.textContent).trim())(document)',
    );
  /** Waits until this element has the focus: earlier keys go to the element that had the focus before. */
  const focused = (name: string) => expect.poll(focus).toContain(name);
  const dialogText = () => page.locator('dialog textarea:focus, [role=dialog] textarea:focus').waitFor();
  const statuses = () => ids.map((id) => office.running.sandbox.backOffice.find(id)?.status);
  return { office, page, ids, heading, focus, focused, dialogText, statuses };
}

test('a person can do everything with the keyboard, and the focus is never lost', async () => {
  const { office, page, ids, heading, focus, focused, dialogText, statuses } = await openOffice();
  const { keyboard } = page;

  // Accept: the next pending case follows, with the focus on its heading.
  await keyboard.press('j');
  await heading('EXAMPLE-0001').waitFor();
  await keyboard.press('a');
  await page.getByRole('dialog').waitFor();
  await focused('Accept');
  await keyboard.press('Enter');
  await heading('EXAMPLE-0002').waitFor();
  await page.getByText('Accepted: EXAMPLE-0001.').waitFor();
  await focused('EXAMPLE-0002');

  // Reject, with a reason.
  await keyboard.press('r');
  await dialogText();
  await keyboard.type('The photo does not match.');
  await keyboard.press('Tab');
  expect(await focus()).toBe('Reject');
  await keyboard.press('Enter');
  await heading('EXAMPLE-0003').waitFor();
  await focused('EXAMPLE-0003');
  const reason = office.running.sandbox.backOffice.find(ids[1] ?? '')?.decision?.reason;
  expect(reason).toBe('The photo does not match.');

  // Ask for more: no case is left, and the queue has the focus.
  await keyboard.press('m');
  await dialogText();
  await keyboard.type('Send the back of the card.');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByText('No case is pending.').waitFor();
  await focused('Queue');
  expect(statuses()).toEqual(['accept', 'reject', 'draft']);

  // Search, and reverse the decision; Escape changes nothing.
  await keyboard.press('/');
  await keyboard.type('0001');
  await page.getByText('1 of 3 cases').waitFor();
  await keyboard.press('Enter');
  await heading('EXAMPLE-0001').waitFor();
  await focused('EXAMPLE-0001');
  await keyboard.press('v');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(statuses()).toEqual(['accept', 'reject', 'draft']);
  await focused('EXAMPLE-0001');
  await keyboard.press('v');
  await dialogText();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByText('Reversed: EXAMPLE-0001.').waitFor();
  expect(statuses()[0]).toBe('reject');

  // The callbacks of the partner, and the journal.
  await keyboard.press('2');
  await page.getByText(/callbacks, \d+ waiting/).waitFor();
  await keyboard.press('j');
  await page.getByRole('button', { name: 'Post again' }).waitFor();
  await keyboard.press('3');
  await page.getByText(/^\d+ entries$/).waitFor();
  await keyboard.press('j');
  await page.getByText('Fidelity').last().waitFor();
});

test('when the element with the focus disappears, an element nearby gets the focus', async () => {
  const { office, page, focus } = await openOffice();
  office.running.sandbox.faults.add({ operation: '*', kind: 'latency', delay: '1ms' });
  await page.keyboard.press('4');
  await page.getByRole('button', { name: 'Remove latency on every operation' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('No faults.').waitFor();
  expect(await focus()).toMatch(/^Faults/);
});

test('keys do nothing in a text field, and single keys can be switched off', async () => {
  const { page } = await openOffice();
  await page.keyboard.press('/');
  await page.keyboard.type('aj?');
  expect(await page.getByRole('searchbox').inputValue()).toBe('aj?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'Shortcuts' }).focus();
  await page.keyboard.press('?');
  await page.getByLabel('Use these shortcuts').uncheck();
  await page.getByRole('button', { name: 'Close' }).press('Enter');
  await page.keyboard.press('3');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.evaluate('location.hash')).toContain('/cases');
});

test('the arrow keys move through the queue with the focus, and a skip link passes the header', async () => {
  const { page, focus } = await openOffice();
  await page.keyboard.press('Tab');
  expect(await focus()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await focus()).toBe('Queue');
  await page.getByRole('link', { name: /EXAMPLE-0001/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { name: 'EXAMPLE-0002' }).waitFor();
  expect(await focus()).toContain('EXAMPLE-0002');
});
