import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';

let server: Promise<CallbackServer> | undefined;

/** The server of this process. The first call opens the database. Call this function in `instrumentation.ts`, too. */
export function callbackServer(): Promise<CallbackServer> {
  server ??= start();
  return server;
}

async function start(): Promise<CallbackServer> {
  const started = await createCallbackServer({
    callbackTokens: [process.env['CALLBACK_TOKENS'] ?? ''],
    databaseUrl: process.env['DATABASE_URL'] ?? 'sqlite:./callbacks.db',
  });
  started.on('accept', ({ id }) => console.log('accepted', id));
  started.dispatch();
  return started;
}
