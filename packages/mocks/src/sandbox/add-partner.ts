import { fixturesOf } from '../core/fixtures.ts';
import { assertOptions, OptionError } from '../core/model/assert-options.ts';
import type { State } from '../core/model/state.ts';
import { rows } from '../core/model/table.ts';
import { passwordDigest } from '../core/seed/identifiers.ts';
import type { Machine } from './machine.ts';
import { createSender } from './send-request.ts';

/** The properties that a partner logs in with. A client sends all properties of this object. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A partner of the sandbox. */
export interface AddedPartner {
  readonly credentials: Credentials;
  readonly distributorId: string;
}

/** @throws OptionError for anything but a username and a password. */
export function assertCredentials(subject: string, credentials: Credentials): void {
  assertOptions(subject, credentials, ['username', 'password']);
  const { username, password } = credentials;
  if (typeof username !== 'string' || typeof password !== 'string' || username === '' || password === '')
    throw new OptionError(`${subject} must have a username and a password, and both must be text.`);
}

/** Creates a partner that is linked to the realm and has all of its flows, by the requests of an administrator. */
export function addPartner(machine: Machine, given?: Credentials): AddedPartner {
  const { state, env } = machine;
  if (given !== undefined) assertCredentials('The credentials of a partner', given);
  if (rows(state().partners).some(({ username }) => username === given?.username))
    throw new OptionError(`There is already a partner ${given?.username}. Give another username.`);
  const { realm, administratorToken } = fixturesOf(state());
  const sendRequest = createSender(machine, 'The partner cannot be added');
  const send: typeof sendRequest = (operationId, value) =>
    sendRequest(operationId, value, administratorToken);
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

/** Adds a partner to a new state. Faults of its scenario do not strike. A partner of the scenario stays unchanged. */
export function addInitialPartner(machine: Machine, credentials: Credentials): AddedPartner {
  const known = initialPartnerIn(machine.state(), credentials);
  if (known) return known;
  const { faults } = machine.state();
  if (faults.length === 0) return addPartner(machine, credentials);
  machine.replaceState({ ...machine.state(), faults: [] });
  const added = addPartner(machine, credentials);
  machine.replaceState({ ...machine.state(), faults });
  return added;
}

/**
 * The partner that a state already has.
 *
 * @throws OptionError if the state has a partner of this name with another password.
 */
export function initialPartnerIn(state: State, credentials: Credentials): AddedPartner | undefined {
  const { username, password } = credentials;
  const known = rows(state.partners).find((partner) => partner.username === username);
  if (!known) return undefined;
  if (known.passwordDigest === passwordDigest(known.id, password))
    return { credentials, distributorId: known.id };
  throw new OptionError(
    `The scenario has a partner ${username} with another password. Give that password, or another username.`,
  );
}
