import { expect, test } from 'vitest';
import { auditOf } from '../../support/audit-of.ts';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { textOf } from '../../support/inbox-pages.ts';
import { inboxUser } from '../../support/inbox-users.ts';
import { startServer } from '../../support/running-server.ts';

test('a body is revealed once, and the audit has the visitor and the reason before the body is shown', async () => {
  const { adminUrl, post, server } = await startServer();
  const body = callback('pending', { name: 'Asha Canary', amount: '12345678901234567890' });
  await post('pending', body.replace('"12345678901234567890"', '12345678901234567890'));
  const browser = createBrowser(adminUrl);
  const [kept] = await server.callbacks.list();
  const path = `/inbox/callbacks/${kept?.id}`;
  for (const reason of ['', 'ab', '   a   ', 'x'.repeat(201), 'two\nlines']) {
    const refused = await browser.post(`${path}/reveal`, { reason });
    expect([refused.status, refused.text]).toEqual([400, expect.not.stringContaining('Asha Canary')]);
  }
  expect(await auditOf(adminUrl)).toEqual([]);
  const revealed = await browser.post(`${path}/reveal`, { reason: 'EXAMPLE-ticket 7' });
  expect([revealed.status, revealed.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(textOf(revealed)).toContain('"name": "Asha Canary"');
  expect(textOf(revealed)).toContain('"amount": 12345678901234567890');
  expect(await auditOf(adminUrl)).toMatchObject([
    { actor: 'inbox: this machine', action: 'reveal', details: { id: kept?.id, reason: 'EXAMPLE-ticket 7' } },
  ]);
  expect((await browser.get(path)).text).not.toContain('Asha Canary');
  expect((await browser.get(`${path}/reveal`)).status).toBe(404);
});

test('a viewer sees the pages, and no page offers a change or a reveal', async () => {
  const { adminUrl, post, server } = await startServer({ inboxUsers: [inboxUser('vera')] });
  await post('pending', callback('pending'));
  const browser = createBrowser(adminUrl);
  await browser.signIn('vera');
  const [kept] = await server.callbacks.list();
  for (const path of ['/callbacks', `/callbacks/${kept?.id}`, '/routes']) {
    const { status, text } = await browser.get(`/inbox${path}`);
    expect([status, text]).toEqual([
      200,
      expect.not.stringMatching(/\/inbox\/(redeliver|release|give-up)|\/reveal/),
    ]);
  }
  for (const path of ['/redeliver', '/release', '/give-up', `/callbacks/${kept?.id}/reveal`])
    expect((await browser.post(`/inbox${path}`, { reason: 'EXAMPLE-reason' })).status, path).toBe(403);
});
