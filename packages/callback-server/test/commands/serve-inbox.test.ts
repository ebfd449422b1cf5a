import { expect, test } from 'vitest';
import { allSettings } from '../../src/settings/settings.ts';
import { token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('the inbox shows each setting by its name, and of a secret only that it is set', async () => {
  const server = await serve(temporaryDatabase(), { FORWARD_SECRET: '', MAX_BODY_BYTES: '77777' });
  const page = await (await fetch(`${server.adminUrl}/inbox/settings`)).text();
  const text = page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  expect(allSettings.filter((name) => !text.includes(` ${name} `))).toEqual([]);
  expect(text).toContain('CALLBACK_TOKENS set tokens that');
  expect(text).toContain('FORWARD_SECRET not set ');
  expect(text).toContain('MAX_BODY_BYTES 77777 ');
  expect(text).not.toContain(token);
  // The server has no handlers, and no provider to confirm with.
  const routes = await (await fetch(`${server.adminUrl}/inbox/routes`)).text();
  expect(routes).not.toMatch(/>(handler|confirm)</);
});

test('the inbox shows neither half of the credentials at the provider, and only the routes of this server', async () => {
  const server = await serve(temporaryDatabase(), {
    FORWARD_URL: 'http://127.0.0.1:2/',
    PROVIDER_URL: 'http://127.0.0.1:2/',
    PARTNER_USERNAME: 'canary-broker',
    PARTNER_PASSWORD: 'Not-a-real-password-1',
  });
  const textOf = async (path: string) =>
    (await (await fetch(`${server.adminUrl}${path}`)).text())
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  expect(await textOf('/inbox/settings')).toMatch(/ PARTNER_USERNAME set .* PARTNER_PASSWORD set /);
  expect(await textOf('/inbox/settings')).not.toContain('canary');
  expect(await textOf('/inbox/routes')).toContain(' forward closed ');
  expect(await textOf('/inbox/routes')).not.toContain(' handler ');
  expect(await textOf('/metrics')).not.toContain('route="handler"');
});

const failsOnce = new URL('../support/fails-once.ts', import.meta.url).href;

test('an inbox that could not be loaded is loaded by the next request', async () => {
  const server = await serve(temporaryDatabase(), {
    FAILS_ONCE: 'create-inbox',
    NODE_OPTIONS: `--import ${failsOnce}`,
  });
  const failed = await fetch(`${server.adminUrl}/inbox`);
  expect([failed.status, await failed.text()]).toEqual([
    503,
    expect.stringContaining('The log names the fault.'),
  ]);
  await eventually(() => expect(server.output()).toMatch(/"fault".*EMFILE/));
  expect((await fetch(`${server.adminUrl}/inbox`)).status).toBe(200);
});

test('the built server refuses a URL whose percent-encoding is malformed', async () => {
  const { adminUrl } = await serve(temporaryDatabase());
  for (const [method, path] of [
    ['GET', '/callbacks?merchantId=%zz'],
    ['DELETE', '/merchants/%zz'],
    ['GET', '/inbox/%zz'],
  ] as const)
    expect((await fetch(adminUrl + path, { method })).status, path).toBe(400);
});
