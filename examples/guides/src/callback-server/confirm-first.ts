import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { type Credentials, createPartnerClient } from '@partner-ecosystem/client';

/** Creates a callback server that delivers a decision only after a pull has confirmed it. */
export function createConfirmingServer(token: string, credentials: Credentials, databaseUrl: string) {
  return createCallbackServer({
    callbackTokens: [token],
    databaseUrl,
    port: 0,
    adminPort: 0,
    provider: (fetch) =>
      createPartnerClient({ environment: 'preproduction', credentials, fetch, trustFetchErrors: true }),
  });
}
