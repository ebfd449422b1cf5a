import { readFile, writeFile } from 'node:fs/promises';
import { createPartnerClient, createTokenStore, type PartnerClientOptions } from '@partner-ecosystem/client';

/** Creates a client that shares its token with other processes of this machine, by a file. */
export function createSharingClient(options: PartnerClientOptions, path: string) {
  const tokenStore = createTokenStore({
    read: async () => JSON.parse(await readFile(path, 'utf8').catch(() => 'null')),
    write: (token) => writeFile(path, JSON.stringify(token), { mode: 0o600 }),
  });
  return createPartnerClient({ ...options, tokenStore });
}
