import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Contract } from '../generate/contract/contract.ts';
import { correctContract } from '../generate/corrections/correct-contract.ts';
import { readOverlay } from '../generate/corrections/read-overlay.ts';

const base = JSON.parse(readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8')) as Contract;

/** Corrects the contract by an overlay with these actions. */
function correct(...actions: object[]): Contract {
  return correctContract(base, [
    readOverlay('my.overlay.yaml', JSON.stringify({ overlay: '1.1.0', actions })),
  ]);
}

test('a contract without a correction stays as it is', () => {
  expect(correctContract(base, [])).toEqual(base);
});

test('actions remove, copy and update in their order, and lists get their entries at the end', () => {
  const from = "$.paths['/api/distributors/callback']";
  const corrected = correct(
    { target: '$.paths', update: { '/api/v2/callback': {} } },
    { target: "$.paths['/api/v2/callback']", copy: from },
    { target: from, remove: true },
    { target: '$.components.schemas.Status["x-extensible-enum"]', update: 'frozen' },
  );
  expect(corrected.paths['/api/v2/callback']).toEqual({
    post: { ...base.paths['/api/distributors/callback']?.post, 'x-corrected': true },
  });
  expect(corrected.paths).not.toHaveProperty('/api/distributors/callback');
  expect(corrected.components.schemas['Status']?.['x-extensible-enum']?.at(-1)).toBe('frozen');
});

test('an action that changes nothing is refused with its overlay and target', () => {
  expect(() => correct({ target: '$.components.schemas.Nothing', update: { minLength: 1 } })).toThrow(
    'In my.overlay.yaml, the action on $.components.schemas.Nothing changes nothing.',
  );
});

test.each([
  [
    { target: '$.info', copy: '$.nothing' },
    'In my.overlay.yaml, the action on $.info copies $.nothing, which selects nothing.',
  ],
  [{ target: 'info', remove: true }, 'In my.overlay.yaml, the action on info has a faulty JSONPath, info: '],
])('an action that cannot be applied is refused with its overlay: %j', (action, message) => {
  expect(() => correct(action)).toThrow(message);
});

test('an overlay that is neither YAML nor JSON is refused with its name', () => {
  expect(() => readOverlay('my.overlay.yaml', 'actions: [')).toThrow(
    'my.overlay.yaml is neither YAML nor JSON: ',
  );
});

const pull = "$.paths['/api/distributors/pullMerchant/{merchantId}'].get";
const create = "$.paths['/api/distributors/createMerchant'].post";
const createAt = '/paths/~1api~1distributors~1createMerchant/post';
const register = "$.paths['/api/distributors/callback'].post";
const registerAt = '/paths/~1api~1distributors~1callback/post';
const login = '/paths/~1api~1distributors~1login/post/responses/200';
const words = "$.components.schemas.Status['x-status-words']";
const parameter = (place: string) => ({
  parameters: [{ name: 'X-Tenant', in: place, schema: { $ref: '#/components/schemas/Identifier' } }],
});
const response = { $ref: '#/components/responses/BadRequest' };

/** What is corrected, the actions, and the pointer that the refusal begins with. */
const refused: readonly (readonly [string, readonly object[], string])[] = [
  [
    'a header',
    [{ target: pull, update: parameter('header') }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters/3: Nothing reads the header X-Tenant.',
  ],
  [
    'a cookie',
    [{ target: pull, update: parameter('cookie') }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters/3: Nothing reads the cookie',
  ],
  [
    'a parameter beside a body',
    [{ target: create, update: parameter('query') }],
    `${createAt}/parameters/0: Nothing reads the parameter`,
  ],
  [
    'a style of a parameter',
    [{ target: '$.components.parameters.FlowIdQuery', update: { style: 'form' } }],
    '/components/parameters/FlowIdQuery/style: Nothing reads this part',
  ],
  [
    'another name of a required parameter',
    [{ target: '$.components.parameters.RealmIdQuery', update: { name: 'tenantId' } }],
    '/components/parameters/RealmIdQuery/name: The client and the sandbox know the parameter realmId. Keep it, with this name.',
  ],
  [
    'another name of an optional parameter',
    [{ target: '$.components.parameters.FlowIdQuery', update: { name: 'flow' } }],
    '/components/parameters/FlowIdQuery/name: The client and the sandbox know the parameter flowId.',
  ],
  [
    'a parameter that becomes optional',
    [{ target: '$.components.parameters.RealmIdQuery', update: { required: false } }],
    '/components/parameters/RealmIdQuery/required: The sandbox needs realmId. It has to remain required.',
  ],
  [
    'another place of a parameter',
    [{ target: '$.components.parameters.RealmIdQuery', update: { in: 'header' } }],
    '/components/parameters/RealmIdQuery/in: The client and the sandbox have realmId in the query. Keep it there.',
  ],
  [
    'another type of a parameter',
    [{ target: '$.components.parameters.Version', update: { schema: { type: 'integer' } } }],
    '/components/parameters/Version/schema/type: The kit reads and writes the type "string".',
  ],
  [
    'a removed parameter',
    [{ target: `${pull}.parameters[1]`, remove: true }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters: The client and the sandbox know the parameter',
  ],
  [
    'a parameter that is replaced by another',
    [
      { target: `${pull}.parameters[1]`, remove: true },
      { target: pull, update: parameter('query') },
    ],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters: The client and the sandbox know the parameter',
  ],
  [
    'a further parameter that a pull needs',
    [{ target: pull, update: { parameters: [{ ...parameter('query').parameters[0], required: true }] } }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters/3: The callback server pulls merchants without X-Tenant.',
  ],
  [
    'a further input of the login',
    [{ target: '$.components.schemas.LoginPartnerRequest', update: { required: ['tenant'] } }],
    '/components/schemas/LoginPartnerRequest/required: The kit builds this body itself, and does not know tenant.',
  ],
  [
    'a method without a body',
    [
      { target: '$.paths', update: { '/api/new': {} } },
      { target: "$.paths['/api/new']", update: { get: {} } },
      { target: "$.paths['/api/new'].get", copy: create },
      { target: create, remove: true },
    ],
    '/paths/~1api~1new/get/requestBody: A GET has no body.',
  ],
  [
    'a method that nobody sends',
    [{ target: pull.replace('.get', ''), update: { head: {} } }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/head: Nothing reads this part',
  ],
  [
    'parameters of a path',
    [{ target: pull.replace('.get', ''), update: parameter('query') }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/parameters: Nothing reads',
  ],
  [
    'a removed operation',
    [{ target: create, remove: true }],
    `${createAt}: The client and the sandbox need createMerchant.`,
  ],
  [
    'a removed status',
    [{ target: `${create}.responses['422']`, remove: true }],
    `${createAt}/responses/422: The sandbox sends 422. Mark the response that takes its place with x-replaces: '422'.`,
  ],
  [
    'a status that is replaced and kept',
    [{ target: `${create}.responses`, update: { 409: { ...response, 'x-replaces': '422' } } }],
    `${createAt}/responses/409/x-replaces: Nothing replaces 422`,
  ],
  [
    'a second success',
    [{ target: `${create}.responses`, update: { 202: response } }],
    `${createAt}/responses/202: The operation has another success.`,
  ],
  [
    'a success without JSON',
    [{ target: `${create}.responses['200'].content`, remove: true }],
    `${createAt}/responses/200: The client reads a success as application/json.`,
  ],
  [
    'another scheme of the token',
    [{ target: '$.components.securitySchemes.PartnerToken', update: { name: 'X-Token' } }],
    '/components/securitySchemes/PartnerToken/name: Nothing reads',
  ],
  [
    'another server name',
    [{ target: create, update: { servers: [{ url: 'https://other.example', 'x-name': 'other' }] } }],
    `${createAt}/servers/0/x-name: The client has no option for this server.`,
  ],
  [
    'a host of one operation only',
    [{ target: "$.paths['/api/base64'].post.servers[0]", update: { url: 'https://other.example' } }],
    '/paths/~1api~1base64/post/servers/0/url: uploadFile has the server persist at https://preproduction-persist.signzy.tech. Use one URL for both.',
  ],
  [
    'an operation without a name',
    [{ target: '$.paths', update: { '/api/new': { post: { responses: {} } } } }],
    '/paths/~1api~1new/post: The operation has no operationId. Add an operationId.',
  ],
  [
    'a server without a name',
    [{ target: create, update: { servers: [{ url: 'https://other.example' }] } }],
    `${createAt}/servers/0: The server has no x-name. Add an x-name.`,
  ],
  [
    'an event without a body',
    [{ target: '$.webhooks.accept.post.requestBody', remove: true }],
    '/webhooks/accept: The event has no JSON body. Add a body.',
  ],
  [
    'a variable of a server',
    [
      {
        target: '$.servers[0]',
        update: { url: 'https://{tenant}.example', variables: { tenant: { default: 'a' } } },
      },
    ],
    '/servers/0/variables: Nothing reads',
  ],
  [
    'a keyword that no validator reads',
    [{ target: '$.components.schemas.Merchant', update: { oneOf: [{ type: 'object' }] } }],
    '/components/schemas/Merchant/oneOf: Nothing reads',
  ],
  [
    'a removed property',
    [{ target: '$.components.schemas.Merchant.properties.status', remove: true }],
    '/components/schemas/Merchant/properties/status: The kit reads or sends this property',
  ],
  [
    'another type',
    [{ target: '$.components.schemas.Identifier', update: { type: 'integer' } }],
    '/components/schemas/Identifier/type: The kit reads and writes the type "string".',
  ],
  [
    'a narrower response',
    [{ target: '$.components.schemas.MerchantCallbackData.properties.status', update: { enum: ['accept'] } }],
    '/components/schemas/Status/enum: The sandbox may send another value.',
  ],
  [
    'an input that becomes optional',
    [{ target: "$.components.schemas.CreateMerchantRequest.required[?@ == 'realmId']", remove: true }],
    '/components/schemas/CreateMerchantRequest/required: The sandbox or the callback server needs realmId.',
  ],
  [
    'an input of a body that the client builds',
    [{ target: '$.components.schemas.PushMerchantRequest', update: { required: ['batch'] } }],
    '/components/schemas/PushMerchantRequest/required: The kit builds this body itself',
  ],
  [
    'a broken reference',
    [{ target: '$.components.schemas.Count', remove: true }],
    '/components/schemas/PartnerLogin/properties/ttl/$ref: There is nothing at #/components/schemas/Count.',
  ],
  [
    'no place of the token',
    [{ target: '$.components.schemas.PartnerLogin.properties.id', remove: true }],
    `${login}: Mark one property with x-role: token. There are 0.`,
  ],
  [
    'two places of the token',
    [{ target: '$.components.schemas.PartnerLogin.properties.userId', update: { 'x-role': 'token' } }],
    `${login}: Mark one property with x-role: token. There are 2.`,
  ],
  [
    'a token that is not masked',
    [
      { target: "$.components.schemas.PartnerLogin.properties.id['x-role']", remove: true },
      { target: '$.components.schemas.PartnerLogin.properties.userId', update: { 'x-role': 'token' } },
    ],
    `${login}: The token at userId has to be a text of the schema AccessToken.`,
  ],
  [
    'a word that validators do not know',
    [{ target: words, update: { accept: ['approved'] } }],
    '/components/schemas/Status/x-status-words/accept: Add approved to x-extensible-enum',
  ],
  [
    'a word that loses its meaning, and stays known',
    [{ target: `${words}.accept[?@ == 'accepted']`, remove: true }],
    '/components/schemas/Status/x-status-words/accept: accepted has lost its meaning, but is still known.',
  ],
  [
    'a keyword that no validator has',
    [{ target: '$.components.schemas.Identifier', update: { maxLength: 20 } }],
    '/components/schemas/Identifier/maxLength: Nothing reads this part of the contract. A schema may have $ref, type, enum,',
  ],
  [
    'a status without a word',
    [{ target: `${words}.accept`, remove: true }],
    '/components/schemas/Status/x-status-words/accept: The status has no word.',
  ],
  [
    'a status that no case has',
    [{ target: words, update: { frozen: ['draft'] } }],
    '/components/schemas/Status/x-status-words/frozen: ',
  ],
  [
    'another event',
    [
      { target: '$.webhooks', update: { draft: {} } },
      { target: '$.webhooks.draft', copy: '$.webhooks.pending' },
    ],
    '/webhooks/draft: The sandbox posts accept, reject, pending, and no other event.',
  ],
  [
    'another place of the URL of a callback',
    [
      { target: `${register}.callbacks.accept`, update: { '{$request.body#/urls/accept}': {} } },
      {
        target: `${register}.callbacks.accept['{$request.body#/urls/accept}']`,
        copy: `${register}.callbacks.accept['{$request.body#/callbacks/accept}']`,
      },
      { target: `${register}.callbacks.accept['{$request.body#/callbacks/accept}']`, remove: true },
    ],
    `${registerAt}/callbacks/accept/{$request.body#~1urls~1accept}: The sandbox posts accept to {$request.body#/callbacks/accept} only.`,
  ],
  [
    'a callback that nobody registers',
    [{ target: `${register}.callbacks`, remove: true }],
    `${registerAt}/callbacks/accept: The sandbox posts accept to {$request.body#/callbacks/accept} only.`,
  ],
  [
    'a callback that differs from its event',
    [
      {
        target: `${register}.callbacks.accept.*.post.requestBody.content['application/json'].schema`,
        update: { minProperties: 2 },
      },
    ],
    `${registerAt}/callbacks/accept/{$request.body#~1callbacks~1accept}/post/requestBody: This body has to be that of the event accept.`,
  ],
  [
    'another status of the acknowledgement',
    [
      { target: '$.webhooks.accept.post.responses', update: { 202: {} } },
      { target: "$.webhooks.accept.post.responses['202']", copy: "$.webhooks.accept.post.responses['200']" },
      { target: "$.webhooks.accept.post.responses['200']", remove: true },
    ],
    '/webhooks/accept/post/responses/202: The receiver responds with 200, 4XX, 5XX. Keep these, and no other.',
  ],
  [
    'another body of the acknowledgement',
    [{ target: '$.components.schemas.CallbackAcknowledgement', update: { required: ['stored'] } }],
    '/components/schemas/CallbackAcknowledgement/required: Nothing reads this part',
  ],
  [
    'a removed body of a request',
    [{ target: `${create}.requestBody`, remove: true }],
    `${createAt}/requestBody: The sandbox reads the body of createMerchant. Keep it.`,
  ],
  [
    'a role that the kit does not know',
    [{ target: '$.components.schemas.PartnerLogin.properties.ttl', update: { 'x-role': 'token-lifetme' } }],
    '/components/schemas/PartnerLogin/properties/ttl/x-role: The roles are token and token-lifetime.',
  ],
  [
    'two places of the lifetime',
    [
      {
        target: '$.components.schemas.PartnerLogin.properties.userId',
        update: { 'x-role': 'token-lifetime' },
      },
    ],
    `${login}: Mark at most one property with x-role: token-lifetime. There are 2.`,
  ],
  [
    'words of a status at another schema',
    [{ target: '$.components.schemas.SubStatus', update: { 'x-status-words': { accept: ['accept'] } } }],
    '/components/schemas/SubStatus/x-status-words: Nothing reads this part',
  ],
  [
    'a default, which neither the client nor the sandbox fills in',
    [{ target: '$.components.schemas.Identifier', update: { default: 'x' } }],
    '/components/schemas/Identifier/default: Nothing reads this part',
  ],
];

test.each(refused)('%s is refused with its pointer', (_, actions, message) => {
  expect(() => correct(...actions)).toThrow(
    new RegExp(`\n${message.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
  );
});
