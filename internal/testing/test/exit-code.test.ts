import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const script = `
  const { startPostgres } = await import('${new URL('../src/postgres-cluster.ts', import.meta.url)}');
  const cluster = await startPostgres();
  await cluster.remove();
  process.exitCode = 3;`;

test('a program that fails after it has used a PostgreSQL keeps its exit code', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([3, '']);
});
