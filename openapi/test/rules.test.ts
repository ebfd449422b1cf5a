import { beforeAll, expect, test } from 'vitest';
import { rules } from '../rules/plugin.ts';
import { lint, type Problem } from './lint.ts';

const ruleNames = Object.keys(rules);

/** The pointers of the problems in the failing fixture of each rule. A pointer may have several problems. */
const problemsOfRules: Record<string, string[]> = {
  'agrees-with-facts': [
    ...['#/', '#/', '#/', '#/', '#/'],
    '#/components/examples/error.busy',
    '#/components/headers/Retry',
    '#/components/parameters/Version',
    '#/components/responses/Busy',
    '#/components/schemas/Colour',
    '#/components/schemas/Colour',
    '#/components/schemas/Login/properties/name',
    '#/components/schemas/Login/properties/ttl',
    '#/components/schemas/Login/properties/ttl',
    '#/components/schemas/Login/properties/ttl',
    '#/components/schemas/Login/properties/ttl',
    '#/components/schemas/Mobile',
    '#/components/schemas/Mobile',
    '#/components/securitySchemes/Token',
    '#/paths/~1partners/get',
    '#/paths/~1partners/get',
    '#/paths/~1partners/get',
    '#/paths/~1partners/get',
    '#/paths/~1partners/post/callbacks/accept',
  ],
  'body-has-example': [
    '#/webhooks/accept/post/requestBody/content/application~1json',
    '#/webhooks/accept/post/responses/200/content/text~1html',
  ],
  'described-here': ['age', 'name', 'surname'].map(
    (name) => `#/components/schemas/Person/properties/${name}`,
  ),
  'error-responses-documented': ['#/paths/~1files/post', '#/paths/~1other/get', '#/paths/~1partners/get'],
  'evidence-cited': [
    '#/components/schemas/Partner',
    '#/components/schemas/Partner/properties/age',
    '#/components/schemas/Partner/properties/age',
    '#/components/schemas/Partner/properties/colour',
    '#/components/schemas/Partner/properties/height',
    '#/components/schemas/Partner/properties/name',
    '#/paths/~1partners/delete',
    '#/paths/~1partners/delete',
    '#/paths/~1partners/get',
    '#/paths/~1partners/get',
    '#/paths/~1partners/post',
    '#/paths/~1partners/put',
  ],
  'example-id-named': ['#/components/examples/partner'],
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
    '#/components/schemas/Name/properties/language',
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

let failing: Problem[][];
let passing: Problem[][];
beforeAll(async () => {
  const lintFixtures = (name: string) =>
    lint('rules/fixtures/redocly.yaml', ...ruleNames.map((rule) => `rules/fixtures/${rule}/${name}.yaml`));
  failing = await lintFixtures('fails');
  passing = await lintFixtures('passes');
});

function pointersOf(rule: string, problems: Problem[][]): string[] {
  return (problems[ruleNames.indexOf(rule)] ?? [])
    .filter(({ ruleId }) => ruleId === `partner/${rule}`)
    .map(({ location }) => location[0]?.pointer ?? '')
    .sort();
}

test('every rule has a passing and a failing fixture', () => {
  expect(Object.keys(problemsOfRules)).toEqual(ruleNames);
  expect([failing.length, passing.length]).toEqual([ruleNames.length, ruleNames.length]);
});

test.each(Object.entries(problemsOfRules))(
  '%s reports each problem of its failing fixture',
  (rule, pointers) => {
    expect(pointersOf(rule, failing)).toEqual(pointers);
  },
);

test.each(ruleNames)('%s reports nothing in its passing fixture', (rule) => {
  expect(pointersOf(rule, passing)).toEqual([]);
});
