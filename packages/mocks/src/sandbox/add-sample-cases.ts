import type { components } from '@partner-ecosystem/openapi/schema';
import { contractRequest } from '../core/contract/contract-body.ts';
import { fixturesOf } from '../core/fixtures.ts';
import { rows } from '../core/model/table.ts';
import { createDerive } from '../core/seed/derive.ts';
import { addPartner } from './add-partner.ts';
import type { Machine } from './machine.ts';
import { createSender, tokenOf } from './send-request.ts';

type Schemas = components['schemas'];

/**
 * Creates pending cases of a new partner, by the requests of the partner. The callbacks go to the callback URLs of the
 * partner that was linked last, among the partners with callback URLs. Without such a partner, there are no callbacks.
 *
 * @returns The ids of the merchants.
 * @throws BackOfficeError if a fault or an override stops a request.
 */
export function addSampleCases(machine: Machine, number: number): readonly string[] {
  const { state } = machine;
  const { credentials, distributorId } = addPartner(machine);
  const { realm } = fixturesOf(state());
  const send = createSender(machine, 'The sample cases cannot be created');
  const token = tokenOf(send('loginPartner', credentials));
  const urls = rows(state().links)
    .flatMap(({ callbackUrls }) => Object.values(callbackUrls))
    .at(-1);
  const [flow] = realm.flows;
  if (urls && flow)
    send('registerCallbacks', { distributorId, realmId: realm.id, flowId: flow.id, callbacks: urls }, token);
  // The contract's examples, so that nothing of the data belongs to a person.
  const derive = createDerive('sample');
  const customer = contractRequest('createMerchant', derive) as Schemas['CreateMerchantRequest'];
  const push = contractRequest('pushMerchant', derive) as Schemas['PushMerchantRequest'];
  const first = state().merchants.size + 1;
  return Array.from({ length: number }, (_, index) => {
    const signzyAppId = `SAMPLE-${`${first + index}`.padStart(4, '0')}`;
    const { id } = send('createMerchant', { ...customer, signzyAppId }, token);
    send('pushMerchant', { ...push, merchantId: id }, token);
    return id;
  });
}
