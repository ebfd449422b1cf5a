import * as examples from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';

type Json = Readonly<Record<string, unknown>>;

const { createMerchant, pullMerchant } = examples.responses;
const pulled = Object.values(pullMerchant[200]).map(({ result }) => result.merchantData.basicDetails);
const posted = Object.values(examples.webhooks).flatMap((named) =>
  Object.values(named).map(({ merchantData }) => merchantData),
);
/** The case at each point of its life that an example shows. */
const cases: readonly Json[] = [...Object.values(createMerchant[200]), ...pulled, ...posted];
const submitted = ['initialSubmissionDate', 'onboardingEndDate'];
const decided = ['actionBy', 'actionTime', 'subStatus', 'decisionEngineResult'];

/** Every object in the examples. */
const objects = [...objectsIn([examples.requests, examples.responses, examples.webhooks])];

function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const child of Object.values(value)) yield* objectsIn(child);
}

test('an event, and the status of its case, have the same name', () => {
  for (const [event, named] of Object.entries(examples.webhooks))
    for (const { merchantData } of Object.values(named)) expect(merchantData.status).toBe(event);
});

test('the first 4 bytes of a merchant id are the creation time of the merchant in Unix seconds', () => {
  for (const { id, onboardingStartDate } of cases)
    expect(Number.parseInt(String(id).slice(0, 8), 16)).toBe(Math.floor(Number(onboardingStartDate) / 1000));
});

test('the times of a case are in the order of its life', () => {
  for (const each of cases) {
    const times = ['onboardingStartDate', ...submitted, 'actionTime'].flatMap((name) => each[name] ?? []);
    expect(times).toEqual(times.toSorted());
  }
});

test('a case has the times of its submission once it is submitted, and the auditor once it is decided', () => {
  for (const each of cases) {
    const { status } = each;
    const has = (names: string[]) => names.filter((name) => name in each);
    expect(has(submitted), String(status)).toEqual(status === 'new' ? [] : submitted);
    const isDecided = status === 'accept' || status === 'reject';
    expect(has(decided), String(status)).toEqual(isDecided ? decided : []);
  }
});

test('only a rejected case has a reason', () => {
  for (const { status, reason = '' } of cases)
    expect(reason !== '', String(status)).toBe(status === 'reject');
});

test('applicationId equals realmId, and each other id has one value wherever it occurs', () => {
  for (const name of ['realmId', 'flowId', 'distributorId', 'merchantId']) {
    const values = objects.flatMap((each) => each[name] ?? []).filter((id) => id !== 'id of the merchant');
    expect(new Set(values).size, name).toBe(1);
  }
  for (const { realmId, applicationId = realmId } of objects as Json[])
    if (realmId !== undefined) expect(applicationId).toBe(realmId);
});

test('the record of a case is the same in each example, apart from what happens to the case', () => {
  const happens = ['status', 'reason', 'instructions', 'decisionEngineResult'];
  const [first = {}, ...others] = cases;
  for (const each of others)
    for (const [name, value] of Object.entries(first))
      if (!happens.includes(name)) expect(each[name], name).toEqual(value);
});

test('what a response repeats from its request has the same value', () => {
  const creates = [
    'createPartner',
    'createMerchant',
    'linkPartner',
    'assignFlows',
    'registerCallbacks',
  ] as const;
  for (const operation of creates) {
    const [request = {}] = Object.values<Json>(examples.requests[operation]);
    const [response = {}] = Object.values<Json>(examples.responses[operation][200]);
    const repeated = Object(response['result'] ?? response) as Json;
    for (const [name, value] of Object.entries(request))
      if (name in repeated) expect(repeated[name], `${operation} ${name}`).toEqual(value);
  }
});

test('a push has the pages, widgets and variables of its template, and two widgets are on one page', () => {
  const { data: template } = examples.responses.getPushMerchantSpec[200].spec;
  const { data: push } = examples.requests.pushMerchant.twoDocumentsOnOnePage;
  const items = (data: typeof template | typeof push) =>
    data.map(({ pageId, widgetName, data: variables }) => [pageId, widgetName, Object.keys(variables)]);
  expect(items(push)).toEqual(items(template));
  const pages = template.map(({ pageId }) => pageId);
  expect(new Set(pages).size).toBeLessThan(pages.length);
});

test('the body of an error repeats its status, and a 5xx of the platform has no name and no code', () => {
  for (const byStatus of Object.values<Json>(examples.responses))
    for (const [status, named] of Object.entries(byStatus))
      for (const body of Number(status) < 400 ? [] : Object.values<Json>(Object(named))) {
        const { error = body } = body as { error?: Json };
        const { statusCode = status, name, code } = error as Json;
        expect(String(statusCode)).toBe(status);
        if ('error' in body && Number(status) >= 500) expect([name, code]).toEqual([undefined, undefined]);
      }
});
