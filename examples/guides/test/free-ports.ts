import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';

const usualPorts = ['4010', '4011', '4012', '4020', '4021'] as const;

/** A port that no program uses, in place of each usual port. All are taken together, so that no two are the same. */
export async function freePorts(): Promise<ReadonlyMap<string, number>> {
  const servers = await Promise.all(usualPorts.map(() => listenOnFreePort(createServer())));
  await Promise.all(servers.map((server) => server.close()));
  return new Map(usualPorts.map((usual, index) => [usual, servers[index]?.port ?? 0]));
}
