import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from '@partner-ecosystem/testing/require-tool';
import { expect, onTestFinished, test } from 'vitest';

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const outputOf = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('Prometheus accepts its configuration and the alerts, and each alert alone fires on its own cause', () => {
  requireTool('promtool');
  outputOf('promtool', 'check', 'config', '--syntax-only', path('monitoring/prometheus.yml'));
  outputOf('promtool', 'check', 'rules', path('../packages/callback-server/alerts.yml'));
  outputOf('promtool', 'test', 'rules', path('monitoring/alerts.test.yml'));
});

test('Prometheus understands every query of the dashboard', () => {
  requireTool('promtool');
  const { panels } = JSON.parse(readFileSync(path('monitoring/dashboard.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const rules = queries.map((query, index) => ({
    record: `panel:${index}`,
    expr: query.replaceAll('$__rate_interval', '1m'),
  }));
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'panels.yml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
  expect(outputOf('promtool', 'check', 'rules', join(folder, 'panels.yml'))).toContain(
    `${queries.length} rules found`,
  );
});

test('systemd accepts the units, and finds the service hardened', () => {
  requireTool('systemd-analyze');
  const folder = temporaryFolder();
  const units = ['callback-server.service', 'callback-server-purge.service', 'callback-server-purge.timer'];
  for (const unit of units) {
    // Only a machine that runs the server has the program of ExecStart.
    const text = readFileSync(path(`systemd/${unit}`), 'utf8').replace(
      /^ExecStart=\S+/m,
      'ExecStart=/bin/true',
    );
    writeFileSync(join(folder, unit), text);
  }
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', ...units.map((unit) => join(folder, unit))],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const report = outputOf(
    'systemd-analyze',
    'security',
    '--offline=true',
    '--no-pager',
    join(folder, units[0] ?? ''),
  );
  expect(Number(/exposure level for \S+: ([\d.]+)/.exec(report)?.[1])).toBeLessThan(2.5);
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
