import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile, settings } from './compile.ts';
import { type Consumer, layConsumer } from './lay-consumer.ts';

const tsc = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript/package.json')));

let consumer: Consumer;
beforeAll(async () => {
  consumer = await layConsumer();
}, 120_000);
afterAll(() => consumer[Symbol.asyncDispose]());

describe('who has the packed packages', { timeout: 120_000 }, () => {
  it.each(Object.entries(settings))('compiles for %s', async (_, setting) => {
    expect(await compile(consumer, tsc, setting)).toEqual([]);
  });

  it.each(Object.keys(manifest.exports))('finds %s when the program runs', async (entry) => {
    const specifier = `@partner-ecosystem/client${entry.slice(1)}`;
    const program = `console.log(Object.keys(await import('${specifier}')).length > 0)`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: consumer.path,
    });
    expect(stdout.trim()).toBe('true');
  });
});
