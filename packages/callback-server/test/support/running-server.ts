import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { type CallbackServer, type CallbackServerOptions, createCallbackServer } from '../../src/index.ts';
import { token } from './callbacks.ts';

/** A body that can be posted. */
export type Body = NonNullable<RequestInit['body']>;

/** A server on free ports with its own database. It stops at the end of the test. */
export interface RunningServer {
  readonly server: CallbackServer;
  readonly url: string;
  readonly adminUrl: string;
  /** Posts a callback as the provider does. */
  post(event: string, body: Body, init?: RequestInit): Promise<Response>;
}

/** Returns a path for a database, which is deleted at the end of the test. */
export function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'callbacks.db');
}

/** Creates a database with a trigger that breaks it. `trigger` is the text from `BEFORE` or `AFTER` to before `END`. */
export async function brokenDatabase(trigger: string): Promise<string> {
  const path = temporaryDatabase();
  const databaseUrl = `sqlite:${path}`;
  await (await createCallbackServer({ databaseUrl, callbackTokens: [token] })).stop();
  const database = new DatabaseSync(path);
  database.exec(`CREATE TRIGGER broken ${trigger}; END`);
  database.close();
  return databaseUrl;
}

export async function startServer(
  options: Partial<CallbackServerOptions> = {},
  prepare: (server: CallbackServer) => void = () => {},
): Promise<RunningServer> {
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${temporaryDatabase()}`,
    callbackTokens: [token],
    port: 0,
    adminPort: 0,
    graceMs: 1000,
    ...options,
  });
  prepare(server);
  const { url, adminUrl } = await server.start();
  onTestFinished(() => server.stop());
  const post = (event: string, body: Body, init: RequestInit = {}) =>
    fetch(`${url}/callbacks/${token}${event && `/${event}`}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      ...init,
    });
  return { server, url, adminUrl, post };
}
