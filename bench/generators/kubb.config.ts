import { readFileSync } from 'node:fs';
import { defineConfig } from '@kubb/core';
import { pluginClient } from '@kubb/plugin-client';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';
import { pluginZod } from '@kubb/plugin-zod';

const { CONTRACT = '', OUTPUT = '' } = process.env;

/** kubb 4 recurses endlessly on `type: [string, number]`. `anyOf` has the same meaning. */
const withChoices: unknown = JSON.parse(readFileSync(CONTRACT, 'utf8'), (_, value) => {
  const { type, ...rest } = Object(value);
  return Array.isArray(type) ? { ...rest, anyOf: type.map((each) => ({ type: each })) } : value;
});

export default defineConfig({
  input: { data: JSON.stringify(withChoices) },
  output: { path: OUTPUT, clean: true },
  plugins: [pluginOas({ generators: [] }), pluginTs(), pluginZod(), pluginClient()],
});
