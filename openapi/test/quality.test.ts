import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

test('Redocly gives the contract an agent readiness of at least 92.8', async () => {
  const { agentReadiness } = JSON.parse(
    await redocly(['score', 'dist/openapi.json', '--format', 'json'], root),
  );
  expect(agentReadiness).toBeGreaterThanOrEqual(92.8);
});

test('every file is referenced from openapi.yaml, 90 % of them within four references', () => {
  const steps = stepsFrom('openapi.yaml');
  const files = ['paths', 'webhooks', 'components', 'examples'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.filter((file) => !steps.has(file))).toEqual([]);
  const near = files.filter((file) => (steps.get(file) ?? 0) <= 4);
  expect(near.length / files.length).toBeGreaterThan(0.9);
  expect(Math.max(...steps.values())).toBeLessThanOrEqual(7);
});

/** The number of references from `start` to each file. */
function stepsFrom(start: string): Map<string, number> {
  const steps = new Map([[start, 0]]);
  for (const [file, count] of steps) {
    const text = readFileSync(resolve(root, file), 'utf8');
    for (const [, reference = ''] of text.matchAll(/\$ref: (\.[^\s]+\.yaml)/g)) {
      const target = relative(root, resolve(root, dirname(file), reference));
      if (!steps.has(target)) steps.set(target, count + 1);
    }
  }
  return steps;
}
