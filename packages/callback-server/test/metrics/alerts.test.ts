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
