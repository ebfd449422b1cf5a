import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { withSandbox } from '@partner-ecosystem/mocks/jest';
import { expect, test } from '@playwright/test';
import { merchantIn, writeCell } from './checks.js';
import { acceptCase } from './portable-checks.js';

// Serves the page, and receives the callbacks.
const received = [];
const server = createServer(async (incoming, outgoing) => {
  const { method, url } = incoming;
  if (method === 'POST') received.push(await merchantIn(incoming));
  outgoing.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
  outgoing.end(method === 'POST' ? '' : await readFile(`dist${url}`).catch(() => ''));
});

test.beforeAll(() => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
test.afterAll(() => server.close());

test.beforeEach(async ({ page }) => {
  await page.goto(`${origin()}/page.html`);
  await page.waitForFunction(() => 'checkThroughMsw' in globalThis);
});

function origin() {
  return `http://127.0.0.1:${server.address().port}`;
}

for (const name of ['JSON', 'upload', 'callback']) {
  test(`HTTP, ${name}`, ({ page }) =>
    withSandbox(async ({ sandbox, sandboxUrl, partner }) => {
      const context = { url: await sandboxUrl(), ...partner() };
      if (name !== 'callback') {
        const check = ([each, given]) => globalThis.portableChecks[each](given);
        return writeCell('HTTP', name, await page.evaluate(check, [name, context]));
      }
      const submit = (given) => globalThis.submitCase(...given);
      const merchantId = await page.evaluate(submit, [context, `${origin()}/callbacks`]);
      await acceptCase(sandbox, merchantId);
      expect(received).toContain(merchantId);
      writeCell('HTTP', name, ['posted']);
    })());

  test(`MSW, ${name}`, async ({ page }) => {
    const printed = [];
    page.on('console', (message) => printed.push(message.text()));
    const result = await page.evaluate((each) => globalThis.checkThroughMsw(each), name);
    if (name === 'callback') expect(received).toContain(result);
    expect(printed).toEqual([]);
    writeCell('MSW', name, name === 'callback' ? ['posted'] : result);
  });
}
