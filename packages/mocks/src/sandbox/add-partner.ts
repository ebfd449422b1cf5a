import * as examples from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { BackOfficeError } from '../core/back-office/decide.ts';
import { resolve } from '../core/contract/resolve.ts';
import { route } from '../core/contract/route.ts';
import { successStatus } from '../core/contract/success-status.ts';
import { fixturesOf } from '../core/fixtures.ts';
import { rows } from '../core/model/table.ts';
import { passwordDigest } from '../core/seed/identifiers.ts';
import type { Machine } from './machine.ts';

/** What a partner logs in with, and nothing else: a client sends all of it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A partner of the sandbox. */
export interface AddedPartner {
  readonly credentials: Credentials;
  readonly distributorId: string;
}

/** Creates a partner that is linked to the realm and has all of its flows, by the requests of an administrator. */
export function addPartner({ run, state, env }: Machine, given?: Credentials): AddedPartner {
  const { realm, administratorToken } = fixturesOf(state());
  const send = (operationId: OperationId & keyof typeof examples.requests, given: object) => {
    const value = { ...requiredExample(operationId), ...given };
    const { method, path } = operations[operationId];
    const target = route(method, path);
    const body = { kind: 'read', value } as const;
    const parts = { method, path, target, query: [], authorization: administratorToken, origin: '', body };
    const response = run({ kind: 'request', request: { ...parts, transport: 'in-process' } });
    if (response.status === successStatus(operationId) && 'body' in response)
      return response.body as { readonly id: string };
    throw new BackOfficeError(
      409,
      `The partner cannot be added: ${operationId} got ${response.status}. Remove the fault or override for it.`,
    );
  };
  const count = state().partners.size + 1;
  const credentials = given ?? {
    username: `example-broker-${count}-${env().derive(`broker ${count}`).slice(0, 8)}`,
    password: 'Not-a-real-password-1',
  };
  const { id: distributorId } = send('createPartner', credentials);
  send('linkPartner', { distributorId, realmId: realm.id });
  send('assignFlows', { distributorId, realmId: realm.id, flowIds: realm.flows.map(({ id }) => id) });
  return { credentials, distributorId };
}

/** Adds a partner to a new sandbox. Faults of its scenario do not strike. A partner of the scenario is taken as it is. */
export function addInitialPartner(machine: Machine, credentials: Credentials): AddedPartner {
  const { username, password } = credentials;
  const known = rows(machine.state().partners).find((partner) => partner.username === username);
  if (known && known.passwordDigest === passwordDigest(known.id, password))
    return { credentials, distributorId: known.id };
  const { faults } = machine.state();
  machine.replaceState({ ...machine.state(), faults: [] });
  const added = addPartner(machine, credentials);
  machine.replaceState({ ...machine.state(), faults });
  return added;
}

/** The required properties of a request, from the contract's example. A correction may have added some. */
function requiredExample(operationId: OperationId & keyof typeof examples.requests): object {
  const { required = [] } = resolve(requests[operationId] ?? {});
  const [example] = Object.values<object>(examples.requests[operationId]);
  return Object.fromEntries(Object.entries(example ?? {}).filter(([name]) => required.includes(name)));
}
