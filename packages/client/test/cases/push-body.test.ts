import { responses } from '@partner-ecosystem/openapi/examples';
import { describe, expect, test } from 'vitest';
import { contractGuard, pushMerchant } from '../../src/guards.ts';
import { type PushValues, pushBody } from '../../src/index.ts';
import { customer, startWork } from '../support/partner-at-work.ts';

const { realmId, flowId } = customer;
const target = { realmId, flowId, merchantId: '6553f1000000000000000004' };
const spec = responses.getPushMerchantSpec[200].spec;

/** Values for all variables of the spec, or only for those of some widgets. */
function createValues(
  hasValues: (widgetName: string) => boolean = () => true,
): Record<string, Record<string, Record<string, string>>> {
  const values: Record<string, Record<string, Record<string, string>>> = {};
  for (const { pageId, widgetName, data } of spec.data) {
    if (!hasValues(widgetName)) continue;
    values[pageId] ??= {};
    values[pageId][widgetName] = Object.fromEntries(
      Object.keys(data).map((name) => [name, `value of ${name}`]),
    );
  }
  return values;
}

describe('push bodies', () => {
  test('items and variables have the order of the spec, not the order of the values', () => {
    const shuffled = Object.fromEntries(
      Object.entries(createValues())
        .reverse()
        .map(([page, widgets]) => [
          page,
          Object.fromEntries(
            Object.entries(widgets)
              .reverse()
              .map(([widget, data]) => [widget, Object.fromEntries(Object.entries(data).reverse())]),
          ),
        ]),
    );
    const body = pushBody(spec, target, shuffled);
    expect(body).toMatchObject(target);
    const names = (items: readonly { pageId: string; widgetName: string; data: object }[]) =>
      items.map(({ pageId, widgetName, data }) => [pageId, widgetName, ...Object.keys(data)]);
    expect(names(body.data)).toEqual(names(spec.data));
  });

  test('two widgets of one page are separate items', () => {
    const pages = spec.data.map(({ pageId }) => pageId);
    expect(new Set(pages).size).toBeLessThan(pages.length);
    expect(pushBody(spec, target, createValues()).data).toHaveLength(spec.data.length);
  });

  test('widgets without values are left out', () => {
    const [first] = spec.data;
    const body = pushBody(
      spec,
      target,
      createValues((widget) => widget === first?.widgetName),
    );
    expect(body.data.map(({ widgetName }) => widgetName)).toEqual([first?.widgetName]);
  });

  test('a push body satisfies the contract and the sandbox', async () => {
    const { partner } = await startWork();
    const { id: merchantId } = await partner.createMerchant(customer);
    const body = pushBody(
      await partner.getPushMerchantSpec({ applicationId: realmId, flowId }),
      { realmId, flowId, merchantId },
      createValues(),
    );
    contractGuard([pushMerchant]).request({ operationId: 'pushMerchant', attempts: 1 }, body);
    await partner.pushMerchant(body);
    const { result } = await partner.pullMerchant({ merchantId, realmId });
    expect(result.merchantData.basicDetails.status).toBe('pending');
  });

  test('a number, a boolean and a list of texts are pushed unchanged', () => {
    const data = { score: 7, checked: true, pages: ['first', 'second'] };
    const widget = { pageId: 'p', widgetName: 'w', data: { score: '', checked: '', pages: '' } };
    expect(pushBody({ data: [widget] }, target, { p: { w: data } }).data).toEqual([{ ...widget, data }]);
  });

  test.each<[string, () => PushValues, RegExp]>([
    ['there are no values', () => ({}), /no values are given/],
    [
      'a widget is not in the spec',
      () => ({ ...createValues(), page: { Widget: {} } }),
      /widget Widget of page page is not in the spec/,
    ],
    ['a variable is missing', () => change({}), /needs a value for \w+/],
    ['a variable is an object', () => change({ first: { name: 'secret value' } }), /needs a value for \w+/],
    ['a variable is not a number', () => change({ first: Number.NaN }), /needs a value for \w+/],
    ['a variable is not in the spec', () => change({ odd: 'secret value' }), /has no variable odd/],
  ])('pushBody throws if %s, without quoting a value', (_, values, reason) => {
    expect(() => pushBody(spec, target, values())).toThrow(reason);
    expect(() => pushBody(spec, target, values())).not.toThrow(/secret value|value of/);
  });
});

describe('names that every object has', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const widgetOf = (name: string) => ({ pageId: name, widgetName: name, data: { [name]: '' } });
  const parse = (json: string): PushValues => JSON.parse(json);

  test.each(names)('a page, a widget and a variable can be named %s', (name) => {
    const data = [{ pageId: name, widgetName: name, data: parse(`{"${name}":""}`) }] as never;
    expect(() => pushBody({ data }, target, {})).toThrow(/no values are given/);
    const body = pushBody({ data }, target, parse(`{"${name}":{"${name}":{"${name}":"value"}}}`));
    expect(JSON.stringify(body.data)).toBe(
      `[{"pageId":"${name}","widgetName":"${name}","data":{"${name}":"value"}}]`,
    );
  });

  test.each(names)('values are unknown if only the prototype of the spec has %s', (name) => {
    const data = [widgetOf('Pan')];
    const values = parse(`{"Pan":{"Pan":{"Pan":"value","${name}":"value"}}}`);
    expect(() => pushBody({ data }, target, values)).toThrow(
      `widget Pan of page Pan has no variable ${name}`,
    );
  });
});

describe('a spec or values of another shape', () => {
  test.each([null, undefined, 7, {}, { data: null }, { data: [null] }, { data: [{ pageId: 'p' }] }])(
    'the spec %j is a TypeError that names the spec',
    (odd) => {
      expect(() => pushBody(odd as typeof spec, target, createValues())).toThrow(/the spec is not a list/);
    },
  );

  test.each([null, undefined, 7, 'text', { page: null }, { page: 7 }])(
    'the values %j are a TypeError',
    (odd) => {
      expect(() => pushBody(spec, target, odd as never)).toThrow(
        /^Cannot build the push: .*no values are given/,
      );
    },
  );

  test.each([
    ['Pan & Card', 'Pan + Card'],
    [`Pan ${'x'.repeat(60)} front`, `Pan ${'x'.repeat(60)} back`],
  ])('values of a widget that differs where names are not printed are not dropped: %s', (known, given) => {
    const item = (widgetName: string) => ({ pageId: 'p', widgetName, data: { v: '' } });
    const values = { p: { [given]: { v: 'value' }, Other: { v: 'value' } } };
    const build = () => pushBody({ data: [item(known), item('Other')] }, target, values);
    expect(build).toThrow(/is not in the spec/);
  });

  test.each<[string, () => unknown]>([
    [
      'contains itself',
      () => {
        const list: unknown[] = ['a'];
        list.push([list]);
        return list;
      },
    ],
    [
      'is nested too deeply to be sent',
      () => Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 'a'),
    ],
  ])('a list that %s is no value, and is named', (_, createList) => {
    const data = [{ pageId: 'p', widgetName: 'w', data: { v: '' } }];
    const build = () => pushBody({ data }, target, { p: { w: { v: createList() } } } as never);
    expect(build).toThrow(TypeError);
    expect(build).toThrow(/^Cannot build the push: widget w of page p needs a value for v\.$/);
  });

  test('a list may contain another list twice', () => {
    const twice = ['a'];
    const data = [{ pageId: 'p', widgetName: 'w', data: { v: '' } }];
    const body = pushBody({ data }, target, { p: { w: { v: [twice, [twice]] } } });
    expect(body.data[0]?.data).toEqual({ v: [['a'], [['a']]] });
  });

  test('names of the spec are printed without control characters, and cut to a maximum length', () => {
    const data = Array.from({ length: 200_000 }, (_, at) => ({
      pageId: `p${at}`,
      widgetName: `\u001b[31m\n${'w'.repeat(100)}`,
      data: { v: '' },
    }));
    const values = Object.fromEntries(data.map(({ pageId, widgetName }) => [pageId, { [widgetName]: {} }]));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be missing.
    expect(() => pushBody({ data }, target, values)).toThrow(/^[^\u0000-\u001f]{1,5000}; and more\.$/);
  });
});

/** Values with those of the first widget replaced. `first` is the value of its first variable. */
function change({ first, ...rest }: { first?: unknown; odd?: string }): PushValues {
  const values = createValues();
  const [item] = spec.data;
  const variable = Object.keys(item?.data ?? {})[0] ?? '';
  const replaced = { ...(first !== undefined && { [variable]: first }), ...rest };
  return {
    ...values,
    [item?.pageId ?? '']: { [item?.widgetName ?? '']: replaced as Record<string, string> },
  };
}
