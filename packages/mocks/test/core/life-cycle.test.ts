import { requests, responses, webhooks } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { BackOfficeError, type Sandbox } from '../../src/index.ts';
import {
  createMerchant,
  flowId,
  pendingMerchant,
  pullOf,
  pushOf,
  readySandbox,
  realmId,
} from '../support/journey.ts';

const urls = {
  accept: 'http://127.0.0.1:9/a',
  reject: 'http://127.0.0.1:9/r',
  pending: 'http://127.0.0.1:9/p',
};

async function registered() {
  const ready = await readySandbox();
  const { api, token, distributorId } = ready;
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks: urls } });
  return ready;
}

function lastPayload(sandbox: Sandbox) {
  return sandbox.callbacks.all().at(-1)?.payload.merchantData ?? {};
}

test('a created merchant has the fields of the contract example', async () => {
  const { api, token } = await readySandbox();
  const { body } = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
  expect(Object.keys(body).sort()).toEqual(Object.keys(responses.createMerchant[200].created).sort());
  expect(body).toMatchObject({
    status: 'new',
    backopsUserId: '',
    'branch code': 'EX-01',
    applicationId: realmId,
  });
  expect(body['username']).toMatch(/^[0-9a-f]{8}$/);
});

test('two merchants may have the same reference', async () => {
  const { api, token } = await readySandbox();
  const ids = [await createMerchant(api, token), await createMerchant(api, token)];
  expect(new Set(ids).size).toBe(2);
});

test('a push makes a case pending and posts a flat callback without a decision', async () => {
  const { api, token, sandbox } = await registered();
  const merchantId = await pendingMerchant(api, token);
  expect(sandbox.callbacks.all().map(({ event, status }) => [event, status])).toEqual([
    ['pending', 'waiting'],
  ]);
  expect(Object.keys(lastPayload(sandbox)).sort()).toEqual(
    Object.keys(webhooks.pending.pending.merchantData).sort(),
  );
  expect(lastPayload(sandbox)).toMatchObject({ id: merchantId, status: 'pending', eventSource: 'webApp' });
});

test('the callback of a decision names the auditor, and a rejection has a reason', async () => {
  const { api, token, sandbox, clock } = await registered();
  const [one, two] = [await pendingMerchant(api, token), await pendingMerchant(api, token)];
  clock.now += 5000;
  sandbox.backOffice.accept(one);
  expect(Object.keys(lastPayload(sandbox)).sort()).toEqual(
    Object.keys(webhooks.accept.accept.merchantData).sort(),
  );
  expect(lastPayload(sandbox)).toMatchObject({
    status: 'accept',
    actionTime: clock.now,
    decisionEngineResult: 'Uncertain',
    backopsUserId: '',
    'branch code': 'EX-01',
  });
  sandbox.backOffice.reject(two, { actionBy: 'auditor-2', reason: 'blurred', instructions: 'again' });
  expect(Object.keys(lastPayload(sandbox)).sort()).toEqual(
    Object.keys(webhooks.reject.reject.merchantData).sort(),
  );
  expect(lastPayload(sandbox)).toMatchObject({
    actionBy: 'auditor-2',
    reason: 'blurred',
    instructions: 'again',
  });
});

test('a pulled case has nested details and every pushed item', async () => {
  const { api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  const { body } = await api.send('pullMerchant', pullOf(merchantId, token));
  const data = body['result']?.['merchantData'];
  expect(data?.['basicDetails']).toMatchObject({ id: merchantId, status: 'pending', 'branch code': 'EX-01' });
  expect(data?.['documents']).toEqual(
    pushOf(merchantId).data.map((item) => ({
      ...item.data,
      type: expect.any(String),
      widgetName: item.widgetName,
    })),
  );
  expect(data?.['formData']).toEqual({ 'Nature of buisness': 'Examples, wholesale' });
  expect(data?.['videoForensics']).toMatchObject({ audioMatchScore: '10' });
});

test('another push makes a draft pending and removes the decision', async () => {
  const { api, token, sandbox, clock } = await registered();
  const merchantId = await pendingMerchant(api, token);
  const first = clock.now;
  sandbox.backOffice.askForMore(merchantId, { instructions: 'Send the back side too.' });
  expect(sandbox.callbacks.all()).toHaveLength(1);
  const pulled = await api.send('pullMerchant', pullOf(merchantId, token));
  expect(pulled.body['result']?.['merchantData']?.['basicDetails']).toMatchObject({
    status: 'draft',
    instructions: 'Send the back side too.',
  });
  clock.now += 60_000;
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  expect(lastPayload(sandbox)).toMatchObject({
    status: 'pending',
    initialSubmissionDate: first,
    onboardingEndDate: clock.now,
  });
  expect(lastPayload(sandbox)).not.toHaveProperty('actionBy');
});

test('a push to a pending case replaces items and posts no callback', async () => {
  const { api, token, sandbox } = await registered();
  const merchantId = await pendingMerchant(api, token);
  const [item] = pushOf(merchantId).data;
  const json = { ...pushOf(merchantId), data: [{ ...item, data: { AadhaarName: 'Asha B. Example' } }] };
  await api.send('pushMerchant', { token, json });
  const { body } = await api.send('pullMerchant', pullOf(merchantId, token));
  const documents = body['result']?.['merchantData']?.['documents'] ?? [];
  expect(documents).toHaveLength(4);
  expect(documents[0]).toMatchObject({ AadhaarName: 'Asha B. Example' });
  expect(sandbox.callbacks.all()).toHaveLength(1);
});

test('a decision can be reversed, and each reversal posts a callback', async () => {
  const { api, token, sandbox } = await registered();
  const merchantId = await pendingMerchant(api, token);
  sandbox.backOffice.accept(merchantId);
  sandbox.backOffice.reject(merchantId);
  sandbox.backOffice.accept(merchantId);
  expect(sandbox.callbacks.all().map(({ event }) => event)).toEqual([
    'pending',
    'accept',
    'reject',
    'accept',
  ]);
});

const decisions = ['accept', 'reject', 'askForMore'] as const;
const lives: readonly [string, readonly (typeof decisions)[number][], readonly string[]][] = [
  ['new', [], ['accept', 'reject', 'askForMore']],
  ['pending', [], []],
  ['accept', ['accept'], ['accept', 'askForMore']],
  ['reject', ['reject'], ['reject', 'askForMore']],
  ['draft', ['askForMore'], ['accept', 'reject', 'askForMore']],
];

test.each(lives)(
  'the back office can make only allowed decisions about a case with status %s',
  async (status, past, wrong) => {
    for (const decision of decisions) {
      const { api, token, sandbox } = await readySandbox();
      const merchantId = await (status === 'new' ? createMerchant : pendingMerchant)(api, token);
      for (const made of past) sandbox.backOffice[made](merchantId);
      const decide = () => sandbox.backOffice[decision](merchantId);
      if (wrong.includes(decision)) expect(decide).toThrow(BackOfficeError);
      else expect(decide).not.toThrow();
    }
  },
);

test.each(['accept', 'reject'] as const)('a push to a case with status %s is refused', async (decision) => {
  const { api, token, sandbox } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  sandbox.backOffice[decision](merchantId);
  const before = sandbox.snapshot();
  const response = await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  expect(response).toMatchObject({ status: 400, body: { error: { message: 'Not a valid status' } } });
  expect(sandbox.snapshot()).toEqual(before);
});

test('a decision about an unknown merchant throws', async () => {
  const { sandbox } = await readySandbox();
  expect(() => sandbox.backOffice.accept('constructor')).toThrow('no merchant with this id');
});

test('callback URLs merge by event, and an empty URL removes an event', async () => {
  const { api, token, distributorId, sandbox } = await registered();
  const again = (callbacks: object) =>
    api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const merged = await again({ pending: '', accept: 'http://127.0.0.1:9/other' });
  expect(merged.body['result']?.['callbacks']).toEqual({
    accept: 'http://127.0.0.1:9/other',
    reject: urls.reject,
  });
  await pendingMerchant(api, token);
  expect(sandbox.callbacks.all()).toEqual([]);
});

test('the template of a push has labels, or samples that can be pushed unchanged', async () => {
  const { api, token } = await readySandbox();
  const path = `/api/distributors/pushMerchantSpec/${realmId}`;
  const labels = await api.send('getPushMerchantSpec', { token, path });
  expect(labels.body).toEqual(responses.getPushMerchantSpec[200].spec);
  const { body } = await api.send('getPushMerchantSpec', { token, path, query: '?sampleData=true' });
  const json = { ...body, merchantId: await createMerchant(api, token) };
  expect(await api.send('pushMerchant', { token, json })).toMatchObject({ status: 200 });
});

test('a change to returned data does not change the sandbox', async () => {
  const { api, token, sandbox } = await registered();
  await pendingMerchant(api, token);
  const before = JSON.stringify(sandbox.snapshot());
  Object.assign(sandbox.callbacks.all()[0]?.payload.merchantData ?? {}, { status: 'accept' });
  Object.assign(sandbox.fixtures.realm, { name: 'other' });
  Object.assign(sandbox.snapshot().partners, { none: undefined });
  expect(JSON.stringify(sandbox.snapshot())).toBe(before);
});

test('snapshots contain no passwords, and the journal contains no personal data', async () => {
  const { api, token, sandbox } = await registered();
  await pendingMerchant(api, token);
  expect(JSON.stringify(sandbox.snapshot())).not.toContain('Not-a-real-password');
  const journal = JSON.stringify(sandbox.journal());
  for (const secret of ['Not-a-real-password', token, 'Asha', 'asha@', '127.0.0.1:9', '/al/', 'XXXXX0000X'])
    expect(journal).not.toContain(secret);
  expect(sandbox.journal()).toContainEqual(
    expect.objectContaining({ kind: 'request', operation: 'pushMerchant', status: 200 }),
  );
});
