import { deepEqual, equal } from 'node:assert/strict';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { paths } from '@partner-ecosystem/openapi/schema';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export type Put = paths['/api/distributors/createMerchant']['put']['requestBody'];
// @ts-expect-error The overlay removes the POST.
export type Post = paths['/api/distributors/createMerchant']['post']['requestBody'];

const stage = await setStage();
const { merchant, received } = await onboard(stage);
const exchange = stage.exchanges.find(({ url }) => url.endsWith('/createMerchant'));

export const rooms: Rooms = {
  contract: () => equal(operations.createMerchant.method, 'PUT'),
  client: () => equal(exchange?.method, 'PUT'),
  sandbox: () => deepEqual([exchange?.status, merchant.status], [200, 'new']),
  receiver: () =>
    deepEqual(
      received.map(({ merchantId }) => merchantId),
      [merchant.id, merchant.id],
    ),
  docs: [
    'operations/createMerchant',
    'PUT https://go-preproduction.signzy.app/api/distributors/createMerchant',
  ],
};
