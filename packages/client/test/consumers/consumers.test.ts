import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile, settings } from './compile.ts';
import { createConsumer } from './create-consumer.ts';

const tsc = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript/package.json')));

// Packing and compiling took 200 seconds on a busy machine.
test('a consumer of the packed packages compiles, and finds every entry', { timeout: 900_000 }, async () => {
  await using consumer = await createConsumer();
  for (const [name, setting] of Object.entries(settings))
    expect(await compile(consumer, tsc, setting), name).toEqual([]);
  const modules = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  const specifiers = modules.map((entry) => `@partner-ecosystem/client${entry.slice(1)}`);
  const program = `for (const specifier of ${JSON.stringify(specifiers)})
    if (Object.keys(await import(specifier)).length > 0) console.log(specifier);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: consumer.path,
  });
  expect(stdout.trim().split('\n')).toEqual(specifiers);
});
