import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { OperationResult } from '@partner-ecosystem/client';
import { operations } from '@partner-ecosystem/openapi/operations';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export const flows: OperationResult<'listFlows'> = { count: 3 };
// @ts-expect-error The overlay makes the count required.
export const invalid: OperationResult<'listFlows'> = {};

const stage = await setStage();
const { received } = await onboard(stage);

export const rooms: Rooms = {
  contract: () => equal(operations.listFlows.path, '/api/realms/{realmId}/flows'),
  client: async () =>
    deepEqual(await stage.partner.listFlows({ realmId: stage.sandbox.fixtures.realm.id }), { count: 3 }),
  sandbox: () => rejects(() => stage.partner.listFlows({ realmId: '' }), TypeError),
  receiver: () => equal(received.length, 2),
  docs: ['operations/listFlows', 'GET https://go-preproduction.signzy.app/api/realms/{realmId}/flows'],
};
