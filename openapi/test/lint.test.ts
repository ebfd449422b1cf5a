import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

test('Redocly finds no problem under recommended-strict, examples included', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [redocly, 'lint', '--config', 'redocly.yaml', '--format', 'json'],
    {
      cwd: fileURLToPath(new URL('../', import.meta.url)),
      env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
    },
  );
  const { totals, problems } = JSON.parse(stdout);
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
}, 30_000);
