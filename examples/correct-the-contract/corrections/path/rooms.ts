import { deepEqual, equal } from 'node:assert/strict';
import { operations, servers } from '@partner-ecosystem/openapi/operations';
import type { paths } from '@partner-ecosystem/openapi/schema';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export type New = paths['/api/v2/merchants']['post'];
// @ts-expect-error The overlay removes the path.
export type Old = paths['/api/distributors/createMerchant'];

const stage = await setStage();
const { merchant, received } = await onboard(stage);
const url = 'https://go-preproduction.signzy.app/gateway/api/v2/merchants';

export const rooms: Rooms = {
  contract: () => equal(servers.go + operations.createMerchant.path, url),
  client: () =>
    equal(
      stage.exchanges.some((exchange) => exchange.url === url),
      true,
    ),
  sandbox: () => equal(stage.exchanges.find((exchange) => exchange.url === url)?.status, 200),
  receiver: () =>
    deepEqual(
      received.map(({ merchantId }) => merchantId),
      [merchant.id, merchant.id],
    ),
  docs: ['operations/createMerchant', `POST ${url}`],
};
