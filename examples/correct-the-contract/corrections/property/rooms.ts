import { deepEqual, equal } from 'node:assert/strict';
import type { OperationResult } from '@partner-ecosystem/client';
import { responses } from '@partner-ecosystem/openapi/validators';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export const result: OperationResult<'pushMerchant'> = { itemsTaken: 4 };
// @ts-expect-error The overlay makes the property required.
export const invalid: OperationResult<'pushMerchant'> = {};

const { pushed, received } = await onboard(await setStage());

export const rooms: Rooms = {
  contract: () => equal(responses.pushMerchant.validate200({}).ok, false),
  client: () => equal(pushed.itemsTaken, 4),
  sandbox: () => equal(pushed.itemsTaken, 4),
  receiver: () =>
    deepEqual(
      received.map(({ verdict }) => verdict),
      ['valid', 'valid'],
    ),
  docs: ['operations/pushMerchant', '`itemsTaken`'],
};
