import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/plugin.ts';
import { lint } from './lint.ts';

const fixtures = new URL('../rules/fixtures/', import.meta.url);

/** The pointers of the problems in the failing fixture of each rule. A pointer may have several problems. */
const problemsOfRules: Record<string, string[]> = {
  'body-has-example': [
    '#/webhooks/accept/post/requestBody/content/application~1json',
    '#/webhooks/accept/post/responses/200/content/text~1html',
  ],
  'error-responses-documented': ['#/paths/~1files/post', '#/paths/~1other/get', '#/paths/~1partners/get'],
  'evidence-with-basis': [
    '#/components/schemas/Partner/properties/colour',
    '#/components/schemas/Partner/properties/name',
    '#/paths/~1partners/get',
    '#/paths/~1partners/post',
  ],
  'file-named-after-component': [
    '#/components/examples/example',
    '#/components/schemas/Model',
    '#/components/schemas/lower-case',
    '#/paths/~1api~1distributors~1logout',
    '#/webhooks/reject',
  ],
  'no-personal-data-in-url': ['#/components/parameters/Email'],
  'no-real-identifier-in-example': Array.from({ length: 5 }, () => '#/components/examples/person'),
  'operation-described': ['#/paths/~1partners/post', '#/webhooks/accept/post'],
  'operation-id-verb-noun': [
    '#/paths/~1partners/get',
    '#/paths/~1partners/post',
    '#/paths/~1partners/put',
    '#/webhooks/accept/post',
  ],
  'response-open': [
    '#/components/schemas/Name',
    '#/webhooks/accept/post/requestBody/content/application~1json/schema',
  ],
  'scalar-classified': [
    '#/components/schemas/Person/properties/mobile',
    '#/components/schemas/Person/properties/mobile',
    '#/components/schemas/Person/properties/mobile',
    '#/components/schemas/Person/properties/name',
    '#/components/schemas/Person/properties/nicknames/items',
  ],
  'sensitive-data-hidden': ['#/components/schemas/Colour', '#/components/schemas/Name'],
};

async function problemsIn(rule: string, fixture: string): Promise<string[]> {
  const problems = await lint(
    '--config',
    'rules/fixtures/redocly.yaml',
    `rules/fixtures/${rule}/${fixture}.yaml`,
  );
  return problems
    .filter(({ ruleId }) => ruleId === `partner/${rule}`)
    .map(({ location }) => location[0]?.pointer ?? '')
    .sort();
}

test('every rule has a passing and a failing fixture', () => {
  expect(Object.keys(problemsOfRules)).toEqual(Object.keys(rules));
  for (const rule of Object.keys(rules))
    for (const fixture of ['passes', 'fails'])
      expect(existsSync(new URL(`${rule}/${fixture}.yaml`, fixtures))).toBe(true);
});

describe.concurrent.each(Object.entries(problemsOfRules))('%s', { timeout: 30_000 }, (rule, pointers) => {
  test('reports each problem of its failing fixture', async ({ expect }) => {
    expect(await problemsIn(rule, 'fails')).toEqual(pointers);
  });

  test('reports nothing in its passing fixture', async ({ expect }) => {
    expect(await problemsIn(rule, 'passes')).toEqual([]);
  });
});
