import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboard } from '../src/dashboard.ts';
import { rows } from '../src/panels.ts';

const readText = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const namesIn = (expressions: readonly string[]) =>
  new Set(
    expressions
      .flatMap((text) => text.match(/callback_server_\w+/g) ?? [])
      .map((name) => name.replace(/_bucket$/, '')),
  );

/** The names of all metrics that a server has. */
let served: Set<string>;
const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
beforeAll(async () => {
  const databaseUrl = `sqlite:${join(folder, 'callbacks.db')}`;
  const server = await createCallbackServer({ databaseUrl, callbackTokens: ['not-a-real-callback-token'] });
  served = new Set(
    [...(await server.metrics()).matchAll(/^# TYPE (\S+)/gm)].flatMap(([, name]) => name ?? []),
  );
  await server.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the dashboard reads every metric of the server, and no other', () => {
  const expressions = Object.values(rows).flatMap((panels) =>
    panels.flatMap(({ queries }) => queries.map(([expression]) => expression)),
  );
  expect([...namesIn(expressions)].sort()).toEqual([...served].sort());
});

const { groups } = parse(readText('../packages/callback-server/alerts.yml')) as {
  groups: { rules: { alert: string; expr: string }[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);

test('every metric that an alert reads exists', () => {
  const names = namesIn(alerts.map(({ expr }) => expr));
  expect(names.size).toBeGreaterThan(5);
  for (const name of names) expect(served).toContain(name);
});

test('each alert has a test of its own, in which no other alert fires', () => {
  const { tests } = parse(readText('monitoring/alerts.test.yml')) as {
    tests: { name: string; promql_expr_test: { exp_samples: { labels: string }[] }[] }[];
  };
  const [everythingWorks, ...worlds] = tests.map(({ name, promql_expr_test: moments }) => {
    const fired = moments.flatMap(({ exp_samples: samples }) => samples.map(({ labels }) => labels));
    return { name, fires: fired.map((labels) => /alertname="(\w+)"/.exec(labels)?.[1]) };
  });
  expect(everythingWorks?.fires).toEqual([]);
  expect(worlds).toEqual(alerts.map(({ alert }) => ({ name: alert, fires: [alert] })));
});

test('dashboard.json is up to date: npm run dashboard writes it', () => {
  expect(JSON.parse(readText('monitoring/dashboard.json'))).toEqual(dashboard());
});
