import { deepEqual, equal, rejects } from 'node:assert/strict';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { operations as Operations } from '@partner-ecosystem/openapi/schema';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export type Conflict = Operations['createPartner']['responses'][409]['content'];
// @ts-expect-error The overlay removes the 422.
export type Invalid = Operations['createPartner']['responses'][422]['content'];

const stage = await setStage();
const { received } = await onboard(stage);
const again = () =>
  stage.partner.createPartner({ username: 'example-broker', password: 'Not-a-real-password-1' });

export const rooms: Rooms = {
  contract: () => deepEqual(Object.keys(operations.createPartner.errors).includes('409'), true),
  client: () => rejects(again, { name: 'BadRequestError', status: 409 }),
  sandbox: async () => {
    const response = await stage.partner.raw.createPartner({ username: 'example-broker', password: 'x' });
    const { error } = response.body as { error: { statusCode: number; details: { codes: object } } };
    deepEqual(
      [response.status, error.statusCode, error.details.codes],
      [409, 409, { username: ['uniqueness'] }],
    );
  },
  receiver: () => equal(received.length, 2),
  docs: ['operations/createPartner', '[409 Conflict]'],
};
