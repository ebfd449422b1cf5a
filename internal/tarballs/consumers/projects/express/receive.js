import { createServer } from 'node:http';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { createApp } from './app.js';
import { check } from './check.js';

const callbackTokens = ['not-a-real-callback-token'];
const server = await createCallbackServer({ callbackTokens, databaseUrl: 'sqlite:callbacks.db' });
const app = createServer(await createApp(server)).listen(0, '127.0.0.1');
await check(app, server, callbackTokens[0]);
app.close();
await server.stop();
