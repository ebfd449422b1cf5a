import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile, settings } from './compile.ts';
import { type Consumer, layConsumer } from './lay-consumer.ts';

const tsc = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript/package.json')));

let consumer: Consumer;
beforeAll(async () => {
  consumer = await layConsumer();
}, 120_000);
afterAll(() => consumer[Symbol.asyncDispose]());

it.each(Object.entries(settings))(
  'who has the packed packages compiles for %s',
  { timeout: 120_000 },
  async (_, setting) => {
    expect(await compile(consumer, tsc, setting)).toEqual([]);
  },
);
