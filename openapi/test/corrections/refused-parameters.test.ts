import { test } from 'vitest';
import { create, createAt, expectRefused, pull, type RefusedCorrection } from './refused-correction.ts';

const parameter = (place: string) => ({
  parameters: [{ name: 'X-Tenant', in: place, schema: { $ref: '#/components/schemas/Identifier' } }],
});

const refused: readonly RefusedCorrection[] = [
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
    'parameters of a path',
    [{ target: pull.replace('.get', ''), update: parameter('query') }],
    '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/parameters: Nothing reads',
  ],
];

test.each(refused)('%s is refused with its pointer', expectRefused);
