import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Contract, resolve, type Schema } from '../generate/contract/contract.ts';
import { mapBodies } from '../generate/contract/operations.ts';
import { schemaName } from '../generate/schemas/component-schemas.ts';
import { flattenSchema } from '../generate/schemas/validation-schemas.ts';
import { readFacts } from '../rules/facts.ts';

const contract = JSON.parse(
  readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8'),
) as Contract;
const { schemas } = contract.components;

test.each([
  ['CreateMerchantRequest', ['realmId', 'realm', 'name', 'email', 'mobile', 'flowId', 'signzyAppId']],
  ['PushMerchantRequest', ['flowId', 'realmId', 'merchantId', 'data']],
  ['PushMerchantItem', ['pageId', 'widgetName', 'data']],
  ['RegisterCallbacksRequest', ['distributorId', 'realmId', 'flowId', 'callbacks']],
  // The framework accepts an email address in place of the username.
  ['LoginPartnerRequest', ['password']],
  // No page documents these requests.
  ['LinkPartnerRequest', []],
  ['CreatePartnerRequest', []],
  ['AssignFlowsRequest', []],
])('%s requires the documented properties', (name, properties) => {
  expect((schemas[name]?.required ?? []).toSorted()).toEqual(properties.toSorted());
});

test('in an example, a time is in milliseconds, a lifetime is in seconds, and a size is in bytes', () => {
  const { units } = readFacts('facts.yaml');
  const bodies = mapBodies(contract, ({ schema, examples: named = {} }) =>
    Object.values(named).map((example) => numbersIn(schema, resolve(contract, example).value, '')),
  );
  const numbers = JSON.stringify(bodies).match(/"[\w.]+ \d+"/g) ?? [];
  const found = new Set<string>();
  for (const [, subject = '', number] of numbers.map((text) => /"(\S+) (\d+)"/.exec(text) ?? [])) {
    const { min = 0, max = 0 } = units[subject] ?? {};
    found.add(subject);
    expect(Number(number), subject).toBeGreaterThanOrEqual(min);
    expect(Number(number), subject).toBeLessThanOrEqual(max);
  }
  expect([...found].sort()).toEqual(
    Object.keys(units)
      .filter((subject) => subject.includes('.'))
      .sort(),
  );

  /** The numbers that have a unit, as `subject number`. */
  function numbersIn(schema: Schema, value: unknown, name: string): unknown[] {
    if (name in units && typeof value === 'number') return [`${name} ${value}`];
    const at = schemaName(schema) ?? name;
    const { properties = {} } = flattenSchema(contract, schema);
    return Object.entries(Object(value)).map(([key, child]) => {
      const property = properties[key];
      return property ? numbersIn(property, child, `${at}.${key}`) : [];
    });
  }
});

test('responses and callbacks require only the properties that receivers can rely on', () => {
  const required = (name: string) => schemas[name]?.required ?? [];
  for (const name of ['Merchant', 'MerchantCallbackData', 'BasicDetails'])
    expect(required(name)).toEqual(['id', 'status']);
  for (const name of ['Partner', 'PartnerLogin']) expect(required(name)).toEqual(['id']);
  for (const name of [
    'PartnerLink',
    'FlowAssignment',
    'PushMerchantResult',
    'CallbackRegistration',
    'LoopBackError',
  ])
    expect(required(name)).toEqual([]);
});

test('a value of several types has an example of exactly these types', () => {
  const several = Object.entries(schemas).filter(([, { type }]) => Array.isArray(type));
  expect(several).not.toEqual([]);
  for (const [name, { type, examples, 'x-expected': expected }] of several) {
    const types = [expected?.['type'] ?? type].flat().map((each) => (each === 'integer' ? 'number' : each));
    const shown = [examples].flat().map((example) => typeof example);
    expect([...new Set(shown)].sort(), name).toEqual(types.sort());
  }
});

test('each summary has at least two words, and each description is a sentence of at least three words', () => {
  const short = [...textsIn(contract, '')].filter(({ keyword, text }) => {
    const words = text.trim().split(/\s+/).length;
    return keyword === 'summary' ? words < 2 : words < 3 || !/\.(\*\*)?$/.test(text.trim());
  });
  expect(short).toEqual([]);
});

interface Text {
  readonly keyword: 'summary' | 'description';
  readonly at: string;
  readonly text: string;
}

/** Every summary and description. A property and a value of an example can have these names too. */
function* textsIn(part: unknown, at: string): Generator<Text> {
  for (const [keyword, child] of Object.entries(Object(part))) {
    const place = `${at}/${keyword}`;
    if ((keyword === 'summary' || keyword === 'description') && typeof child === 'string')
      yield { keyword, at: place, text: child };
    else if (keyword !== 'value' && keyword !== 'example' && typeof child === 'object')
      yield* textsIn(child, place);
  }
}
