import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile, settings } from './compile.ts';
import { createConsumer } from './create-consumer.ts';

const tsc = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript/package.json')));

test('a consumer of the packed packages compiles, and finds every entry', async () => {
  await using consumer = await createConsumer();
  for (const [name, setting] of Object.entries(settings))
    expect(await compile(consumer, tsc, setting), name).toEqual([]);
  const modules = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  for (const entry of modules) {
    const specifier = `@partner-ecosystem/client${entry.slice(1)}`;
    const program = `console.log(Object.keys(await import('${specifier}')).length > 0)`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: consumer.path,
    });
    expect(stdout.trim(), entry).toBe('true');
  }
});
