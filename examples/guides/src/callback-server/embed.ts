import { createCallbackServer } from '@partner-ecosystem/callback-server';

/** Creates a callback server inside your own process. It listens after `start`. */
export async function createReceiver(token: string, databaseUrl: string) {
  const server = await createCallbackServer({ callbackTokens: [token], databaseUrl, port: 0, adminPort: 0 });
  server.on('accept', async ({ payload }, { attempt, signal }) => {
    // Throw to be called again later. Stop when the signal aborts.
    signal.throwIfAborted();
    console.log(`Attempt ${attempt}: callback for merchant ${payload.merchantData.id}`);
  });
  return server;
}
