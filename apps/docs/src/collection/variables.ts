import { requests } from '@partner-ecosystem/openapi/examples';
import { type ServerName, servers } from '@partner-ecosystem/openapi/operations';

/** A value that a user of the collection changes in one place. */
export interface Variable {
  readonly key: string;
  readonly value: string | undefined;
  readonly description: string;
}

const { username, password } = requests.loginPartner.credentials;
const { realm } = requests.createMerchant.customer;
const { distributorId } = requests.registerCallbacks.allEvents;
const { realmId, flowId, merchantId } = requests.pushMerchant.twoDocumentsOnOnePage;

/** The values that differ from user to user. The default of a variable is its value in the examples. */
const parts: readonly Variable[] = [
  { key: 'username', value: username, description: 'User name of the partner.' },
  { key: 'password', value: password, description: 'Password of the partner.' },
  { key: 'realm', value: realm, description: 'Name of the realm.' },
  { key: 'realmId', value: realmId, description: 'Id of the realm.' },
  { key: 'flowId', value: flowId, description: 'Id of the flow.' },
  { key: 'distributorId', value: distributorId, description: 'Set by createPartner.' },
  { key: 'merchantId', value: merchantId, description: 'Set by createMerchant.' },
];

export const variables: readonly Variable[] = [
  ...Object.entries(servers).map(([name, url]) => ({
    key: serverVariable(name as ServerName),
    value: 'http://127.0.0.1:4010',
    description: `The sandbox. Preproduction: ${url}`,
  })),
  { key: 'administratorToken', value: '', description: 'The raw token, without Bearer.' },
  { key: 'partnerToken', value: '', description: 'Set by loginPartner.' },
  ...parts,
];

export function serverVariable(name: ServerName): string {
  return `${name}Url`;
}

/** Replaces the values of variables with the variables. */
export function withVariables(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) => {
    const variable = parts.find((part) => part.value === each);
    return variable ? `{{${variable.key}}}` : each;
  });
}
