import { test } from 'vitest';
import { expectRefused, type RefusedCorrection } from './refused-correction.ts';

const login = '/paths/~1api~1distributors~1login/post/responses/200';
const words = "$.components.schemas.Status['x-status-words']";

const refused: readonly RefusedCorrection[] = [
  [
    'a further input of the login',
    [{ target: '$.components.schemas.LoginPartnerRequest', update: { required: ['tenant'] } }],
    '/components/schemas/LoginPartnerRequest/required: The kit builds this body itself, and does not know tenant.',
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
    'a login without a place for the token',
    [{ target: '$.components.schemas.PartnerLogin.properties.id', remove: true }],
    `${login}: Mark one property with x-role: token. Now 0 have this role.`,
  ],
  [
    'two places of the token',
    [{ target: '$.components.schemas.PartnerLogin.properties.userId', update: { 'x-role': 'token' } }],
    `${login}: Mark one property with x-role: token. Now 2 have this role.`,
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
    `${login}: Mark at most one property with x-role: token-lifetime. Now 2 have this role.`,
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

test.each(refused)('%s is refused with its pointer', expectRefused);
