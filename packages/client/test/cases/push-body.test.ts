import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { describe, expect, it } from 'vitest';
import { contractGuard, pushMerchant } from '../../src/guards.ts';
import { type PushValues, pushBody, storeFile } from '../../src/index.ts';
import { fileBytes } from '../support/example-input.ts';
import { customer, startWork } from '../support/partner-at-work.ts';
import { startProvider } from '../support/provider.ts';

const { realmId, flowId } = customer;
const target = { realmId, flowId, merchantId: '6553f1000000000000000004' };
const spec = responses.getPushMerchantSpec[200].spec;

/** An answer for each variable of the spec, or for those of some widgets only. */
function answersFor(
  isAnswered: (widgetName: string) => boolean = () => true,
): Record<string, Record<string, Record<string, string>>> {
  const answers: Record<string, Record<string, Record<string, string>>> = {};
  for (const { pageId, widgetName, data } of spec.data) {
    if (!isAnswered(widgetName)) continue;
    answers[pageId] ??= {};
    answers[pageId][widgetName] = Object.fromEntries(
      Object.keys(data).map((name) => [name, `answer to ${name}`]),
    );
  }
  return answers;
}

describe('the body of a push', () => {
  it('has the items and the variables in the order of the spec, whatever the order of the answers', () => {
    const answers = answersFor();
    const shuffled = Object.fromEntries(
      Object.entries(answers)
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

  it('keeps two widgets of one page apart', () => {
    const pages = spec.data.map(({ pageId }) => pageId);
    expect(new Set(pages).size).toBeLessThan(pages.length);
    expect(pushBody(spec, target, answersFor()).data).toHaveLength(spec.data.length);
  });

  it('leaves out the widgets that are not answered', () => {
    const [first] = spec.data;
    const body = pushBody(
      spec,
      target,
      answersFor((widget) => widget === first?.widgetName),
    );
    expect(body.data.map(({ widgetName }) => widgetName)).toEqual([first?.widgetName]);
  });

  it('is what the contract asks for, and what the sandbox takes', async () => {
    const { partner } = await startWork();
    const { id: merchantId } = await partner.createMerchant(customer);
    const body = pushBody(
      await partner.getPushMerchantSpec({ applicationId: realmId, flowId }),
      { realmId, flowId, merchantId },
      answersFor(),
    );
    contractGuard([pushMerchant]).request({ operationId: 'pushMerchant', attempts: 1 }, body);
    await partner.pushMerchant(body);
    const { result } = await partner.pullMerchant({ merchantId, realmId });
    expect(result.merchantData.basicDetails.status).toBe('pending');
  });

  it.each<[string, () => PushValues, RegExp]>([
    ['nothing is answered', () => ({}), /no values are given/],
    [
      'a widget is not in the spec',
      () => ({ ...answersFor(), page: { Widget: {} } }),
      /widget Widget of page page is not in the spec/,
    ],
    ['a variable is missing', () => change({}), /needs a string for \w+/],
    ['a variable is no text', () => change({ first: 7 }), /needs a string for \w+/],
    ['a variable is not in the spec', () => change({ odd: 'secret answer' }), /has no variable odd/],
  ])('is refused where %s, without quoting an answer', (_, answers, reason) => {
    expect(() => pushBody(spec, target, answers())).toThrow(reason);
    expect(() => pushBody(spec, target, answers())).not.toThrow(/secret answer|answer to/);
  });
});

/** The answers with those of the first widget replaced; `first` stands for its first variable. */
function change({ first, ...rest }: { first?: unknown; odd?: string }): PushValues {
  const answers = answersFor();
  const [item] = spec.data;
  const variable = Object.keys(item?.data ?? {})[0] ?? '';
  const replaced = { ...(first !== undefined && { [variable]: first }), ...rest };
  return {
    ...answers,
    [item?.pageId ?? '']: { [item?.widgetName ?? '']: replaced as Record<string, string> },
  };
}

describe('a file', () => {
  it.each(['1 month', '3 years'] as const)('is stored for %s, and found again under its URL', async (ttl) => {
    const { sandbox, partner } = await startWork();
    const file = new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' });
    const download = await sandbox.fetch(new Request(await storeFile(partner, file, ttl)));
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(fileBytes);
  });

  it('may come as base64, with its media type or as a data: URL', async () => {
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

  it.each(['1 months', '30 seconds', undefined])(
    'is not stored for %j, which would mean 30 seconds',
    async (ttl) => {
      await using provider = await startProvider();
      await expect(storeFile(provider.partner, new Blob(['x']), ttl as '1 month')).rejects.toThrow(
        /must be one of: 2 mins, /,
      );
      expect(provider.arrivals).toEqual([]);
    },
  );

  it('is refused as a data: URL that is none, without quoting it', async () => {
    await using provider = await startProvider();
    const failure = storeFile(provider.partner, 'data:secret', '1 month');
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.not.toThrow(/secret/);
    expect(provider.arrivals).toEqual([]);
  });
});
