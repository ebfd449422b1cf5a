import { expect, test } from 'vitest';
import { callback } from '../../support/callbacks.ts';
import { revealPath, startAttacked } from '../../support/hostile-requests.ts';

const markup = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

/** Appends markup to every text of a value, and adds to each object a property whose name is markup. */
function withMarkup(value: unknown): unknown {
  if (typeof value === 'string') return `${value}${markup}`;
  if (Array.isArray(value)) return value.map(withMarkup);
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withMarkup(each)])),
    [markup]: markup,
  };
}

test('markup in every field of a callback, in a filter and in a reason is shown as text on each page', async () => {
  const { inbox, as } = await startAttacked();
  const whole = JSON.stringify(withMarkup(JSON.parse(callback('reject', { id: 'two' }))));
  const named = JSON.stringify({
    [markup]: markup,
    ...JSON.parse(callback('accept', { id: markup, [markup]: markup })),
  });
  const headers = { 'content-type': 'application/json', 'user-agent': markup, 'x-forwarded-for': markup };
  for (const [event, body] of [
    ['reject', whole],
    ['', whole],
    ['accept', named],
    ['accept', markup],
  ] as const)
    expect((await inbox.post(event, body, { headers })).status).toBe(200);
  const asha = await as('asha');
  const kept = await inbox.server.callbacks.list();
  const pages = [await asha.post('/inbox/filters', { name: markup.slice(0, 60), query: 'event=accept' })];
  for (const { id } of kept)
    pages.push(await asha.get(`/inbox/callbacks/${id}`), await asha.post(revealPath(id), { reason: markup }));
  for (const path of ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings'])
    pages.push(await asha.get(`/inbox${path}`));
  for (const name of ['merchantId', 'event', markup])
    pages.push(await asha.get(`/inbox/callbacks?${new URLSearchParams({ [name]: markup })}`));
  expect(kept).toHaveLength(5);
  expect(pages.map(({ status }) => status)).not.toContain(503);
  for (const { text } of pages) expect(text).not.toMatch(/<script>alert|<img|"'>/);
});
