import type { KeptCallback } from '../../src/index.ts';

/** The callbacks that the admin API lists. */
export async function listCallbacks(adminUrl: string, query = ''): Promise<KeptCallback[]> {
  return (await (await fetch(`${adminUrl}/callbacks?${query}`)).json()) as KeptCallback[];
}
