import type { RunningSandbox } from '../node.ts';
import type { AddedPartner } from '../sandbox/add-partner.ts';

/** What a user needs to know of a server that has started. */
export function factsOf({ url, controlUrl, controlToken, sandbox }: RunningSandbox, partner?: AddedPartner) {
  const { realm, administratorToken } = sandbox.fixtures;
  return {
    url,
    controlUrl,
    controlToken,
    backOffice: `${controlUrl}/#token=${controlToken}`,
    seed: sandbox.seed,
    realm: { id: realm.id, name: realm.name },
    flows: realm.flows.map(({ id, name }) => ({ id, name })),
    administratorToken,
    ...(partner && {
      partner: { username: partner.credentials.username, distributorId: partner.distributorId },
    }),
  };
}

export function greeting(facts: ReturnType<typeof factsOf>): string {
  const { url, controlUrl, controlToken, backOffice, seed, realm, flows, administratorToken, partner } =
    facts;
  const begin = partner
    ? `The partner ${partner.username} (${partner.distributorId}) is ready. Log in:
curl ${url}/api/distributors/login --json '{"username":"${partner.username}","password":"…"}'`
    : `Begin by creating a partner:
curl ${url}/api/distributors -H 'Authorization: ${administratorToken}' \\
  --json '{"username":"example-broker","password":"Not-a-real-password-1"}'`;
  return `Partner Ecosystem sandbox

API                  ${url} (all hosts of the provider in one)
control API          ${controlUrl}
control token        ${controlToken}
back office          ${backOffice}
seed                 ${seed}

realm                ${realm.id} (${realm.name})
flow                 ${flows.map(({ id, name }) => `${id} (${name})`).join(', ')}
administrator token  ${administratorToken}

${begin}`;
}
