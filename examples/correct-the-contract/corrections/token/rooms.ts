import { deepEqual, equal } from 'node:assert/strict';
import type { OperationResult } from '@partner-ecosystem/client';
import { redact, responses } from '@partner-ecosystem/openapi/classification';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

export type Token = OperationResult<'loginPartner'>['data']['accessToken'];
// @ts-expect-error The overlay removes the id.
export type Id = OperationResult<'loginPartner'>['id'];

const stage = await setStage();
const { decision, received } = await onboard(stage);
const login = { username: 'example-broker', password: 'Not-a-real-password-1' };

export const rooms: Rooms = {
  contract: () => {
    const masked = redact({ data: { accessToken: 'not-a-real-token' } }, responses.loginPartner['200']);
    equal(JSON.stringify(masked).includes('not-a-real-token'), false);
  },
  client: () => equal(decision, 'accept'),
  sandbox: async () => {
    const { data, ttl, ...rest } = await stage.partner.loginPartner(login);
    deepEqual([typeof data.accessToken, ttl, 'id' in rest], ['string', 1_209_600, false]);
  },
  receiver: () => equal(received.length, 2),
  docs: ['operations/loginPartner', '`data.accessToken`'],
};
