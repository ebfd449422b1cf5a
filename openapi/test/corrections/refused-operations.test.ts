import { test } from 'vitest';
import { create, createAt, expectRefused, pull, type RefusedCorrection } from './refused-correction.ts';

const response = { $ref: '#/components/responses/BadRequest' };

const refused: readonly RefusedCorrection[] = [
  [
    'a GET with a body',
    [
      { target: '$.paths', update: { '/api/new': {} } },
      { target: "$.paths['/api/new']", update: { get: {} } },
      { target: "$.paths['/api/new'].get", copy: create },
      { target: create, remove: true },
    ],
    '/paths/~1api~1new/get/requestBody: A GET has no body.',
  ],
  [
    'a method that the kit does not know',
    [{ target: pull.replace('.get', ''), update: { head: {} } }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/head: Nothing reads this part',
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
    'a removed body of a request',
    [{ target: `${create}.requestBody`, remove: true }],
    `${createAt}/requestBody: The sandbox reads the body of createMerchant. Keep it.`,
  ],
];

test.each(refused)('%s is refused with its pointer', expectRefused);
