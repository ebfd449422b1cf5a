import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startServer } from '../support/running-server.ts';

test('every metric that an alert reads exists', async () => {
  const rules = readFileSync(new URL('../../alerts.yml', import.meta.url), 'utf8');
  const expressions = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expression]) => expression ?? '');
  const names = new Set(expressions.flatMap((text) => text.match(/callback_server_\w+/g) ?? []));
  expect(names.size).toBeGreaterThan(5);
  const { server } = await startServer();
  const metrics = await server.metrics();
  for (const name of names) expect(metrics).toMatch(new RegExp(`^# TYPE ${name} `, 'm'));
});

test('counters that alerts read begin at 0, so that their first increase is seen', async () => {
  const { server } = await startServer(
    { routes: [{ name: 'target', url: 'http://127.0.0.1:4099' }] },
    (server) => server.on('accept', () => {}),
  );
  const metrics = await server.metrics();
  for (const reason of ['store', 'busy', 'disk-full', 'token'])
    expect(metrics).toContain(`callback_server_refusals_total{reason="${reason}"} 0\n`);
  for (const route of ['handler', 'target']) {
    for (const outcome of ['taken', 'failed', 'given_up'])
      expect(metrics).toContain(`callback_server_attempts_total{route="${route}",outcome="${outcome}"} 0\n`);
    expect(metrics).toContain(`callback_server_failures_total{route="${route}",cause="timeout"} 0\n`);
  }
  for (const connection of ['stranger', 'idle', 'new'])
    expect(metrics).toContain(`callback_server_connections_closed_total{connection="${connection}"} 0\n`);
  expect(metrics).toContain('callback_server_log_lines_dropped_total 0\n');
});
