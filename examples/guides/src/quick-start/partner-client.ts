import { createPartnerClient, type PartnerClient } from '@partner-ecosystem/client';

/** Creates the client for the sandbox, for preproduction or for production, from the environment. */
export function createClientFrom(environment: NodeJS.ProcessEnv): PartnerClient {
  const { PARTNER_USERNAME: username = '', PARTNER_PASSWORD: password = '' } = environment;
  const {
    PARTNER_GO_URL: goUrl,
    PARTNER_BACKOPS_URL: backopsUrl,
    PARTNER_PERSIST_URL: persistUrl,
  } = environment;
  const credentials = { username, password };
  return goUrl && backopsUrl && persistUrl
    ? createPartnerClient({ goUrl, backopsUrl, persistUrl, credentials })
    : createPartnerClient({ environment: 'preproduction', credentials });
}
