import { fixturesOf } from '../core/fixtures.ts';
import { rows } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import { createSender } from './send-request.ts';

/** A partner of the sandbox. */
export interface AddedPartner {
  /** What the partner logs in with, and nothing else: a client sends all of it. */
  readonly credentials: { readonly username: string; readonly password: string };
  readonly distributorId: string;
}

/** Creates a partner that is linked to the realm and has all of its flows, by the requests of an administrator. */
export function addPartner(machine: Pick<Machine, 'run' | 'state'>): AddedPartner {
  const { state } = machine;
  const { realm, administratorToken } = fixturesOf(state());
  const sendRequest = createSender(machine, 'The partner cannot be added');
  const send: typeof sendRequest = (operationId, value) =>
    sendRequest(operationId, value, administratorToken);
  const credentials = {
    username: `example-broker-${rows(state().partners).length + 1}`,
    password: 'Not-a-real-password-1',
  };
  const { id: distributorId } = send('createPartner', credentials);
  send('linkPartner', { distributorId, realmId: realm.id });
  send('assignFlows', { distributorId, realmId: realm.id, flowIds: realm.flows.map(({ id }) => id) });
  return { credentials, distributorId };
}
