import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { launchChromium } from '@partner-ecosystem/browser';
import { requests } from '@partner-ecosystem/openapi/examples';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pushOf, readyPartner, realmId } from '../support/journey.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const minutes = 60_000;

let browser: Browser;
let running: RunningSandbox;
let receiver: Receiver;
let page: Page;
let merchantId: string;
let origins: Set<string>;
let errors: string[];

beforeAll(async () => {
  browser = await launchChromium();
}, 10 * minutes);
afterAll(() => browser?.close());

beforeEach(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  receiver = await startReceiver();
  merchantId = await submitMerchant('EXAMPLE-0001', 'Asha Example');
}, minutes);
afterEach(async () => {
  await page?.close();
  await Promise.all([running.close(), receiver.close()]);
});

/** Submits a case as a partner with URLs for all callbacks. */
async function submitMerchant(signzyAppId: string, name: string): Promise<string> {
  const api = new ApiSession(fetch, running.url);
  const { administratorToken } = running.sandbox.fixtures;
  const { token, distributorId } = await readyPartner(api, administratorToken, `broker-${signzyAppId}`);
  const callbacks = { pending: receiver.url, accept: receiver.url, reject: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const json = { ...requests.createMerchant.customer, signzyAppId, name };
  const { body } = await api.send('createMerchant', { token, json });
  await api.send('pushMerchant', { token, json: pushOf(`${body['id']}`) });
  await running.sandbox.callbacks.drain();
  return `${body['id']}`;
}

async function open(colorScheme: 'light' | 'dark' = 'light', hash = `#token=${running.controlToken}`) {
  page = await browser.newPage({ colorScheme });
  page.setDefaultTimeout(minutes);
  origins = new Set();
  errors = [];
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(`${error}`));
  await page.goto(`${running.controlUrl}/${hash}`);
}

async function violations(): Promise<readonly string[]> {
  // The policy of the page blocks foreign scripts. Code from the debugger is exempt.
  const found: unknown = await page.evaluate(`(async () => {
    if (!globalThis.axe) { ${axe} }
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '));
  })()`);
  return found as readonly string[];
}

function button(name: string) {
  return page.getByRole('button', { name, exact: true });
}

test.each(['light', 'dark'] as const)(
  'axe finds no violation in any view with a %s colour scheme',
  async (colorScheme) => {
    running.sandbox.faults.add({ operation: '*', kind: 'status', status: 503, ttl: '10m' });
    await open(colorScheme);
    await button('Reveal personal data').waitFor();
    expect(await violations()).toEqual([]);
    for (const [view, shown] of [
      ['Callbacks', 'Post due callbacks'],
      ['Faults', 'Remove status on *'],
      ['Journal', undefined],
    ] as const) {
      await button(view).click();
      await (shown ? button(shown) : page.getByText('pushMerchant').first()).waitFor();
      expect(await violations(), view).toEqual([]);
    }
    await button('Cases').click();
    await button('Reject…').click();
    await page.getByLabel('Reason').waitFor();
    expect(await violations(), 'the dialog').toEqual([]);
    expect(errors).toEqual([]);
  },
  5 * minutes,
);

test(
  'the page loads nothing from elsewhere, hides the token, and cannot be framed',
  async () => {
    await open();
    await button('Accept').waitFor();
    expect([...origins]).toEqual([running.controlUrl]);
    expect(page.url()).toBe(`${running.controlUrl}/`);
    const { headers } = await fetch(running.controlUrl);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  },
  2 * minutes,
);

test(
  'the keyboard is enough to decide a case',
  async () => {
    await open();
    await button('Reject…').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Reason').waitFor();
    await page.keyboard.type('The photo does not match.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await button('Reverse the decision').waitFor();
    const { status, decision } = running.sandbox.snapshot().merchants[merchantId] ?? {};
    expect({ status, reason: decision?.reason }).toEqual({
      status: 'reject',
      reason: 'The photo does not match.',
    });
    await page.getByText('Payload of the reject callback').waitFor();
    await button('Reverse the decision').press('Enter');
    await page.keyboard.press('Escape');
    expect(running.sandbox.snapshot().merchants[merchantId]?.status).toBe('reject');
  },
  2 * minutes,
);

test(
  'a case can be sent back to the merchant',
  async () => {
    await open();
    await button('Ask for more…').click();
    await page.getByLabel('Instructions for the merchant').fill('Send the back of the card.');
    await button('Send back').click();
    await page.getByText('The case waits for another push.').waitFor();
    expect(running.sandbox.snapshot().merchants[merchantId]).toMatchObject({
      status: 'draft',
      decision: { instructions: 'Send the back of the card.' },
    });
  },
  2 * minutes,
);

test(
  'personal data is masked until the person reveals a case',
  async () => {
    await open();
    await button('Reveal personal data').waitFor();
    expect(await page.content()).not.toContain('Asha Example');
    await button('Reveal personal data').click();
    await page.getByText('Asha Example').first().waitFor();
    await button('Mask personal data').click();
    await button('Reveal personal data').waitFor();
    expect(await page.content()).not.toContain('Asha Example');
  },
  2 * minutes,
);

test(
  'markup in data is shown as text',
  async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await submitMerchant('<b>EXAMPLE-0002</b>', markup);
    await open();
    await page.getByRole('button', { name: '<b>EXAMPLE-0002</b>' }).click();
    await button('Reveal personal data').click();
    await page.getByText(markup).first().waitFor();
    expect(await page.title()).toBe('Cases · back office · sandbox');
    expect(errors).toEqual([]);
  },
  2 * minutes,
);

test(
  'the page moves the clock, posts a callback again, adds a fault and removes it',
  async () => {
    await open();
    const before = running.sandbox.clock.now();
    await button('+14 days').click();
    await page.getByText('The clock moved forward by 14 days.').waitFor();
    expect(running.sandbox.clock.now() - before).toBeGreaterThanOrEqual(14 * 86_400_000);
    await button('Callbacks').click();
    await page.getByRole('button', { name: /^Redeliver the pending callback/ }).click();
    await page.getByText('The pending callback was posted again.').waitFor();
    expect(receiver.received).toHaveLength(2);
    await button('Faults').click();
    await page.getByLabel('Where').selectOption('createMerchant');
    await page.getByLabel('What').selectOption('lost-response');
    await button('Add the fault').click();
    await button('Remove lost-response on createMerchant').click();
    await page.getByText('No faults.').waitFor();
    expect(running.sandbox.faults.list()).toEqual([]);
  },
  2 * minutes,
);

test(
  'the page asks for the token and reports a wrong token',
  async () => {
    await open('light', '');
    expect(await page.content()).not.toContain('EXAMPLE-0001');
    await page.getByLabel('Control token').fill('not-the-token');
    await button('Open the back office').click();
    await page.getByText('not the control token of this sandbox').waitFor();
    await page.getByLabel('Control token').fill(running.controlToken);
    await button('Open the back office').click();
    await button('Accept').waitFor();
  },
  2 * minutes,
);

test(
  'the page can show any sandbox',
  async () => {
    await open();
    await button('Accept').waitFor();
    expect(await page.getByLabel('Sandbox', { exact: true }).count()).toBe(0);
    running.sandboxes.create({ seed: 7 }, 'second');
    await page.getByLabel('Sandbox', { exact: true }).selectOption('second');
    await page.getByText('No merchant yet.').waitFor();
    running.sandboxes.delete('second');
    await button('Accept').waitFor();
  },
  2 * minutes,
);

test(
  'new cases appear automatically',
  async () => {
    await open();
    await button('Accept').waitFor();
    await submitMerchant('EXAMPLE-0003', 'Ravi Example');
    await page.getByRole('button', { name: /EXAMPLE-0003/ }).waitFor();
  },
  2 * minutes,
);
