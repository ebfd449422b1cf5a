import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { contractGuard, pullMerchant } from '@partner-ecosystem/client/guards';
import { createControl } from '@partner-ecosystem/mocks/control';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import type { Drift } from '@partner-ecosystem/openapi/drift';
import { responses, webhooks } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test } from 'vitest';
import { checkRecording } from '../src/drift/check-recording.ts';
import { createCase, createPartnerIn, submitCase } from './example-partner.ts';

interface Case {
  [property: string]: unknown;
  flowDetails: { [property: string]: unknown };
}

/** Each changes a case as the provider's next release could, and names the report that must follow. */
const drifts: readonly [string, (merchant: Case) => void, pointer: string, keyword: string][] = [
  ['a new status', (merchant) => Object.assign(merchant, { status: 'parked' }), '/status', 'word'],
  ['a new sub-status', (merchant) => Object.assign(merchant, { subStatus: 'parked' }), '/subStatus', 'word'],
  [
    'a new word that is a person’s data',
    (merchant) => Object.assign(merchant, { decisionEngineResult: 'Canary' }),
    '/decisionEngineResult',
    'word',
  ],
  [
    'an unknown property',
    ({ flowDetails }) => Object.assign(flowDetails, { owner: 'Canary' }),
    '/flowDetails/*',
    'additionalProperties',
  ],
  [
    'an unknown property whose name is a value',
    ({ flowDetails }) => Object.assign(flowDetails, { Canary: 7 }),
    '/flowDetails/*',
    'additionalProperties',
  ],
  ['a missing optional property', (merchant) => delete merchant['regex'], '/regex', 'missing'],
  [
    'a missing optional property of a nested object',
    ({ flowDetails }) => delete flowDetails['name'],
    '/flowDetails/name',
    'missing',
  ],
  [
    'a renamed property',
    (merchant) => {
      merchant['clientEmail'] = merchant['email'];
      delete merchant['email'];
    },
    '/email',
    'missing',
  ],
  [
    'a number as text',
    (merchant) => Object.assign(merchant, { onboardingStartDate: '1700000000861' }),
    '/onboardingStartDate',
    'type',
  ],
  ['null instead of a text', (merchant) => Object.assign(merchant, { mobile: null }), '/mobile', 'type'],
  [
    'an object instead of a text',
    (merchant) => Object.assign(merchant, { name: { first: 'Canary' } }),
    '/name',
    'type',
  ],
  [
    'a list instead of an object',
    (merchant) => Object.assign(merchant, { flowDetails: ['Canary'] }),
    '/flowDetails',
    'type',
  ],
];

const { accepted } = responses.pullMerchant[200];
const { accept } = webhooks.accept;

/** The values of the examples that a report must not contain. */
const people = [accepted.result.merchantData.basicDetails, accept.merchantData].flatMap((merchant) => [
  merchant.name,
  merchant.email,
  merchant.mobile,
  merchant.username,
]);

function expectNoPerson(reports: readonly Drift[]): void {
  const text = JSON.stringify(reports);
  expect(['anary', '1700000000861', ...people].filter((value) => text.includes(`${value}`))).toEqual([]);
}

test.each(drifts)('the guard of the client reports %s', async (_, change, pointer, keyword) => {
  const body = structuredClone(accepted);
  change(body.result.merchantData.basicDetails as Case);
  const reports: Drift[] = [];
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
    fetch: async ({ url }) => Response.json(url.endsWith('/login') ? { id: 'not-a-real-token' } : body),
    guard: contractGuard([pullMerchant], { onDrift: (drift) => reports.push(drift) }),
  });
  await partner.pullMerchant({
    merchantId: '6553f1000000000000000004',
    realmId: '6553e0000000000000000002',
  });
  const seen = { subject: 'pullMerchant', side: 'response', status: 200, keyword };
  const expected = { ...seen, pointer: `/result/merchantData/basicDetails${pointer}` };
  expect(reports).toContainEqual(expect.objectContaining(expected));
  expectNoPerson(reports);
});

test('the callback server reports each of these drifts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const token = 'not-a-real-token';
  const databaseUrl = `sqlite:${folder}/callbacks.db`;
  const server = await createCallbackServer({ callbackTokens: [token], databaseUrl, port: 0, adminPort: 0 });
  onTestFinished(() => server.stop());
  const { url, adminUrl } = await server.start();
  for (const [, change] of drifts) {
    const body = structuredClone(accept);
    change(body.merchantData as Case);
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/callbacks/${token}/accept`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  const reports = (await (await fetch(`${adminUrl}/drift`)).json()) as Drift[];
  for (const [, , pointer, keyword] of drifts) {
    const expected = { subject: 'accept', side: 'callback', pointer: `/merchantData${pointer}`, keyword };
    expect(reports).toContainEqual(expect.objectContaining(expected));
  }
  expectNoPerson(reports);
});

test('a recording of the sandbox has no drift, and a changed recording has drift', async () => {
  const running = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(() => running.close());
  const { sandbox, url, controlUrl, controlToken } = running;
  const workplace = await createPartnerIn(sandbox, url);
  const { partner, realmId } = workplace;
  const merchantId = await createCase(partner, workplace, 'EXAMPLE-0001');
  await submitCase(partner, workplace, merchantId);
  await partner.pullMerchant({ merchantId, realmId });
  await partner.pullMerchant({ merchantId: realmId, realmId }).catch(() => {});

  const folder = await mkdtemp(join(tmpdir(), 'drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'recorded.har');
  const control = createControl({ url: controlUrl, token: controlToken });
  const { data: har } = await control.sandbox().GET('/journal/har');
  const lines: string[] = [];
  await writeFile(file, JSON.stringify(har));
  const isSame = await checkRecording(file, (line) => lines.push(line));
  expect(lines).toEqual([]);
  expect(isSame).toBe(true);
  await writeFile(file, JSON.stringify(har).replaceAll('\\"pending\\"', '\\"parked\\"'));
  expect(await checkRecording(file, (line) => lines.push(line))).toBe(false);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ subject: 'pullMerchant', keyword: 'word', word: 'parked' }),
  );
});
