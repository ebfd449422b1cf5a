import { deepEqual, equal } from 'node:assert/strict';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { operations as Operations } from '@partner-ecosystem/openapi/schema';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export type Created = Operations['createMerchant']['responses'][201]['content'];
// @ts-expect-error The overlay removes the 200.
export type Ok = Operations['createMerchant']['responses'][200]['content'];

const stage = await setStage();
const { merchant, received } = await onboard(stage);
const exchange = stage.exchanges.find(({ url }) => url.endsWith('/createMerchant'));

export const rooms: Rooms = {
  contract: () => deepEqual(operations.createMerchant.success, [201]),
  client: () => equal(merchant.name, 'Asha Example'),
  sandbox: () => equal(exchange?.status, 201),
  receiver: () =>
    deepEqual(
      received.map(({ merchantId }) => merchantId),
      [merchant.id, merchant.id],
    ),
  docs: ['operations/createMerchant', '**201**'],
};
