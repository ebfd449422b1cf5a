import { expect, test } from 'vitest';
import { callback, token } from '../../support/callbacks.ts';
import { eventually } from '../../support/eventually.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { inboxPaths, startOpenInbox } from '../../support/open-inbox.ts';

/** The texts that must never be seen without a reveal. */
const canaries = ['Asha Canary', 'canary@example.com', 'CANARY-BRANCH', '7700900123', '/al/'];

const personal = {
  name: 'Asha Canary',
  email: 'canary@example.com',
  mobile: '7700900123',
  'branch code': 'CANARY-BRANCH',
  eventStatus: 'Asha Canary',
  actionTime: 'Asha Canary',
};

test('the page of a callback shows a timeline of receipts, verdict and attempts, and the masked body', async () => {
  const failing = new Error('not quoted');
  const { browser, post, server } = await startOpenInbox({ deliveryDelaysMs: [1] }, ({ on }) =>
    on('pending', () => {
      throw failing;
    }),
  );
  const body = callback('pending', { id: 'one', subStatus: 'parked', ...personal });
  await post('pending', body);
  await post('pending', body);
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries).toMatchObject([{ state: 'dead' }]),
  );
  const [kept] = await server.callbacks.list();
  const page = await browser.get(`/inbox/callbacks/${kept?.id}`);
  const text = textOf(page);
  for (const shown of [
    'Received from 127.0.0.1',
    'Received again from 127.0.0.1',
    'Validated drift Violations: 3.',
    'Delivery to handler, attempt 1',
    'Delivery to handler, attempt 2 dead',
    '/merchantData/subStatus',
    'must be notEscalated, escalated',
    '"name": "[PII]"',
  ])
    expect(text).toContain(shown);
  for (const canary of canaries) expect(page.text).not.toContain(canary);
});

test('a name or a number of a person that stands in a wrong place of the body is not shown', async () => {
  const { browser, post, server } = await startOpenInbox();
  const misplaced = {
    flowName: 'canary',
    redirectUrl: 'asha canary',
    isDeleted: 7700900123,
    regex: ['7700900123'],
  };
  await post('pending', callback('pending', { id: 'one', eventStatus: 'onboardingCompleted', ...misplaced }));
  const [kept] = await server.callbacks.list();
  const text = textOf(await browser.get(`/inbox/callbacks/${kept?.id}`));
  expect(text).toContain('"flowName": "[text]"');
  expect(text).toContain('"isDeleted": "[number]"');
  expect(text).toContain('"eventStatus": "onboardingCompleted"');
  expect(text).not.toMatch(/canary|7700900123/);
});

test('no page shows personal data, or a secret among the settings', async () => {
  const secrets = {
    forwardUrl: 'http://127.0.0.1:2/?key=canary-secret',
    forwardSecret: `whsec_${btoa('canary-secret-of-24-bytes')}`,
  };
  const { browser, post, server } = await startOpenInbox({ ...secrets, pullsPerMinute: 77 });
  await post('pending', callback('pending', { id: 'one', subStatus: 'Asha Canary', ...personal }));
  await post('pending', 'not JSON canary@example.com');
  await post('', callback('accept', { ...personal, status: 'Asha Canary of nowhere' }));
  await post('accept', callback('accept', { ...personal, 'Asha Canary': 7 }));
  const kept = await server.callbacks.list();
  expect(kept).toHaveLength(4);
  for (const path of [...inboxPaths, ...kept.map(({ id }) => `/callbacks/${id}`)]) {
    const { text } = await browser.get(`/inbox${path}`);
    for (const canary of [...canaries, 'canary-secret', secrets.forwardSecret, token])
      expect(text, `${path} shows ${canary}`).not.toContain(canary);
  }
  const settings = textOf(await browser.get('/inbox/settings'));
  expect(settings).toMatch(/pullsPerMinute 77/);
  expect(settings).toMatch(/forwardSecret set/);
});

test('markup in any field of a callback is shown as text', async () => {
  const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const { browser, post, server } = await startOpenInbox();
  const headers = { 'content-type': 'application/json', 'user-agent': markup };
  await post('pending', callback('pending', { id: markup, signzyAppId: markup, status: markup }), {
    headers,
  });
  await post('pending', callback('pending', { id: 'two', [markup]: markup, subStatus: markup }), { headers });
  await post('pending', markup, { headers });
  const kept = await server.callbacks.list();
  const query = new URLSearchParams({ merchantId: markup });
  for (const path of [
    ...inboxPaths,
    `/callbacks?${query}`,
    ...kept.map(({ id }) => `/callbacks/${id}?${query}`),
  ]) {
    const { text } = await browser.get(`/inbox${path}`);
    expect(text, path).not.toMatch(/<script>alert|<img/);
  }
  expect(textOf(await browser.get(`/inbox/callbacks/${kept[2]?.id}`))).toContain(markup);
});
