import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { describe, expect, test } from 'vitest';
import { contractGuard, pushMerchant } from '../../src/guards.ts';
import { type PushValues, pushBody, storeFile } from '../../src/index.ts';
import { fileBytes } from '../support/example-input.ts';
import { customer, startWork } from '../support/partner-at-work.ts';
import { startProvider } from '../support/provider.ts';

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

  test.each<[string, () => PushValues, RegExp]>([
    ['there are no values', () => ({}), /no values are given/],
    [
      'a widget is not in the spec',
      () => ({ ...createValues(), page: { Widget: {} } }),
      /widget Widget of page page is not in the spec/,
    ],
    ['a variable is missing', () => change({}), /needs a string for \w+/],
    ['a variable is not a string', () => change({ first: 7 }), /needs a string for \w+/],
    ['a variable is not in the spec', () => change({ odd: 'secret value' }), /has no variable odd/],
  ])('pushBody throws if %s, without quoting a value', (_, values, reason) => {
    expect(() => pushBody(spec, target, values())).toThrow(reason);
    expect(() => pushBody(spec, target, values())).not.toThrow(/secret value|value of/);
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

describe('files', () => {
  test.each(['1 month', '3 years'] as const)(
    'a file that is stored for %s can be downloaded from its URL',
    async (ttl) => {
      const { sandbox, partner } = await startWork();
      const file = new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' });
      const download = await sandbox.fetch(new Request(await storeFile(partner, file, ttl)));
      expect(new Uint8Array(await download.arrayBuffer())).toEqual(fileBytes);
    },
  );

  test('a file can be base64 with its media type, or a data: URL', async () => {
    await using provider = await startProvider();
    const { base64String, mimetype } = Object.values(requests.uploadBase64)[0] ?? {
      base64String: '',
      mimetype: 'image/png',
    };
    await storeFile(provider.partner, { base64: base64String, mimetype }, '1 month', { key: 'k3y' });
    await storeFile(provider.partner, `data:${mimetype};base64,${base64String}`, '1 month');
    expect(provider.arrivals.map(({ body }) => JSON.parse(`${body}`))).toEqual([
      { base64String, mimetype, ttl: '1 month', key: 'k3y' },
      { base64String, mimetype, ttl: '1 month' },
    ]);
  });

  test.each(['1 months', '30 seconds', undefined])(
    'the lifetime %j, which would mean 30 seconds, is rejected',
    async (ttl) => {
      await using provider = await startProvider();
      await expect(storeFile(provider.partner, new Blob(['x']), ttl as '1 month')).rejects.toThrow(
        /must be one of: 2 mins, /,
      );
      expect(provider.arrivals).toEqual([]);
    },
  );

  test('an invalid data: URL is rejected without quoting it', async () => {
    await using provider = await startProvider();
    const failure = storeFile(provider.partner, 'data:secret', '1 month');
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.not.toThrow(/secret/);
    expect(provider.arrivals).toEqual([]);
  });
});
