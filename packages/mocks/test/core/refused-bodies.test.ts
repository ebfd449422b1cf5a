import { responses } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { readySandbox } from '../support/journey.ts';
import { customer, expectRefusal, json, type Refusal, refusal, syntaxError } from '../support/refusal.ts';

const refusals: readonly Refusal[] = [
  ['malformed JSON', 'loginPartner', () => ({ init: { headers: json, body: '{"a":}' } }), 400, syntaxError],
  ['a number as body', 'loginPartner', () => ({ init: { headers: json, body: '7' } }), 400, syntaxError],
  ['an empty JSON body', 'loginPartner', () => ({ init: { headers: json, body: '' } }), 400, syntaxError],
  [
    'JSON with too many levels',
    'createMerchant',
    ({ token }) => ({ token, init: { headers: json, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` } }),
    400,
    refusal('SyntaxError', 'JSON is nested too deep'),
  ],
  [
    'another media type',
    'loginPartner',
    () => ({ init: { headers: { 'content-type': 'text/plain' }, body: '{}' } }),
    415,
    responses.loginPartner[415].unsupportedMediaType,
  ],
  ['no media type', 'loginPartner', () => ({ init: { body: new Uint8Array([123, 125]) } }), 415, {}],
  [
    'a body of more than 1 MB',
    'loginPartner',
    () => ({ json: { username: 'x'.repeat(1024 * 1024) } }),
    413,
    responses.loginPartner[413].payloadTooLarge,
  ],
  [
    'a missing argument',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId } }),
    400,
    responses.linkPartner[400].missingArgument,
  ],
  [
    'an empty argument',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId, realmId: '' } }),
    400,
    responses.linkPartner[400].missingArgument,
  ],
  [
    'an argument of null',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, mobile: null } }),
    400,
    refusal('Error', 'mobile is a required argument'),
  ],
  [
    'a merchant without a realm',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realm: '' } }),
    400,
    responses.createMerchant[400].realmRequired,
  ],
  [
    'a realm with another name',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realm: 'secret-value' } }),
    422,
    { error: { details: { codes: { realm: ['inclusion'] } } } },
  ],
  [
    'a custom field with a name of the platform',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, status: 'secret-value', actionTime: 'soon' } }),
    422,
    { error: { details: { codes: { status: ['exclusion'], actionTime: ['exclusion'] } } } },
  ],
  [
    'an array as body',
    'createMerchant',
    ({ token }) => ({ token, json: [customer] }),
    400,
    responses.createMerchant[400].realmRequired,
  ],
  [
    'an array as link',
    'linkPartner',
    ({ token }) => ({ token, json: [] }),
    422,
    { error: { details: { codes: { body: ['custom'] } } } },
  ],
];

test.each(refusals)('the sandbox refuses %s', (...refused) => expectRefusal(refused));

test('an endless body is refused at the limit', async () => {
  const { sandbox } = await readySandbox();
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const init = { method: 'POST', headers: json, body, duplex: 'half' as const };
  const response = await sandbox.fetch(new Request('http://sandbox.test/api/distributors/login', init));
  expect(response.status).toBe(413);
  expect(sent).toBeLessThan(2 * 1024 * 1024);
});
