import { test } from 'vitest';
import { expectRefused, type RefusedCorrection } from './refused-correction.ts';

const register = "$.paths['/api/distributors/callback'].post";
const registerAt = '/paths/~1api~1distributors~1callback/post';

const refused: readonly RefusedCorrection[] = [
  [
    'an event without a body',
    [{ target: '$.webhooks.accept.post.requestBody', remove: true }],
    '/webhooks/accept: The event has no JSON body. Add a body.',
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
];

test.each(refused)('%s is refused with its pointer', expectRefused);
