import { readFile } from 'node:fs/promises';
import { createPartnerClient, type ServerOptions } from '@partner-ecosystem/client';

/** Creates a client that reads the password at each login, so that a new password needs no restart. */
export function createRotatingClient(servers: ServerOptions, username: string, passwordFile: string) {
  return createPartnerClient({
    ...servers,
    credentials: async () => ({ username, password: (await readFile(passwordFile, 'utf8')).trim() }),
  });
}
