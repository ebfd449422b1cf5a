import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { type PullCounts, startProvider } from '../server/pulled-provider.ts';
import { NotStartedError, type ServerProcess, startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

const replicas = 3;
const merchants = 150;
/** A minute after its import each merchant is due, and again after more than a minute. */
const reconcileMinutes = 1;
/** Longer than a lease, so that another replica has begun. */
const everyMs = 45_000;
const adminToken = 'not-a-real-admin-token';
/** The last replica reaches PostgreSQL through a connection that can be cut. */
const cutReplica = replicas - 1;

/**
 * Checks merchants by three replicas. In each cycle, the replica that checks is killed and started again. The first time
 * that the last replica checks, it is cut from PostgreSQL instead. One replica checks at a time, and no replica pulls a
 * merchant that another replica has just pulled.
 */
export async function reconcileByReplicas(run: FaultRun): Promise<FaultResult> {
  const { databases, cycles, onProgress } = run;
  const { cluster } = databases;
  if (!cluster) throw new Error('This table needs PostgreSQL. Run it with --engine postgres.');
  const database = await databases.create();
  const sandbox = createSandbox({ seed: run.seed });
  const { credentials } = sandbox.backOffice.addPartner();
  const counts: PullCounts = { pulls: [] };
  const providers: Awaited<ReturnType<typeof startProvider>>[] = [];
  for (let replica = 0; replica < replicas; replica++)
    providers.push(await startProvider(sandbox.fetch, replica, counts));
  const cable = await startCable(database.url);
  const start = (replica: number) =>
    startAgain(replica === cutReplica ? cable.url : database.url, providers[replica]?.url ?? '', credentials);
  const servers: ServerProcess[] = [];
  for (let replica = 0; replica < replicas; replica++) servers.push(await start(replica));
  let [kills, cuts] = [0, 0];
  try {
    await importMerchants(servers[0]?.adminUrl ?? '', await createMerchants(sandbox.fetch, credentials));
    for (let cycle = 1; cycle <= cycles; cycle++) {
      await delay(everyMs);
      const holder = counts.pulls.at(-1)?.replica ?? 0;
      if (holder === cutReplica && cuts === 0) {
        cuts += 1;
        cable.cut();
        await delay(everyMs);
        cable.mend();
      } else {
        kills += 1;
        await servers[holder]?.signal('SIGKILL');
        servers[holder] = await start(holder);
      }
      onProgress(cycle);
    }
    await delay(everyMs);
    const { twice, switches, pulled } = countPulls(counts);
    return {
      holds: twice === 0 && switches <= kills + cuts && pulled === merchants,
      summary: `${kills} kills and ${cuts} cuts, ${counts.pulls.length} pulls of ${pulled} merchants, ${twice} of them twice in a minute, ${switches} changes of the replica that pulls`,
    };
  } finally {
    for (const server of servers) server.send('SIGKILL');
    for (const provider of providers) await provider.close();
    await cable.close();
    await database.remove();
  }
}

/** A merchant that was pulled is due again after more than a minute, whatever became of the pull. */
function countPulls({ pulls }: PullCounts) {
  const last = new Map<string, number>();
  let twice = 0;
  for (const { merchantId, at } of pulls) {
    if (at - (last.get(merchantId) ?? Number.NEGATIVE_INFINITY) < reconcileMinutes * 60_000) twice += 1;
    last.set(merchantId, at);
  }
  const switches = pulls.filter(({ replica }, index) => index > 0 && pulls[index - 1]?.replica !== replica);
  return { twice, switches: switches.length, pulled: last.size };
}

type Credentials = { readonly username: string; readonly password: string };

async function createMerchants(fetch: Sandbox['fetch'], credentials: Credentials) {
  const url = 'https://provider.test';
  const partner = createPartnerClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials, fetch });
  const ids: string[] = [];
  while (ids.length < merchants)
    ids.push((await partner.createMerchant(requests.createMerchant.customer)).id);
  return ids;
}

async function importMerchants(adminUrl: string, ids: readonly string[]): Promise<void> {
  const { realmId } = requests.createMerchant.customer;
  const body = ['merchantId,realmId', ...ids.map((id) => `${id},${realmId}`)].join('\n');
  const headers = { authorization: `Bearer ${adminToken}` };
  const response = await fetch(`${adminUrl}/merchants`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`The import of merchants got the status ${response.status}.`);
}

/** Starts a server, again and again while PostgreSQL does not respond. */
async function startAgain(databaseUrl: string, providerUrl: string, { username, password }: Credentials) {
  const environment = {
    PROVIDER_URL: providerUrl,
    PARTNER_USERNAME: username,
    PARTNER_PASSWORD: password,
    RECONCILE_MINUTES: String(reconcileMinutes),
    PULLS_PER_MINUTE: '600',
    ADMIN_TOKENS: adminToken,
  };
  for (;;)
    try {
      return await startServer(databaseUrl, { environment });
    } catch (error) {
      if (!(error instanceof NotStartedError)) throw error;
    }
}

/** Passes connections on to PostgreSQL. While the cable is cut, nothing passes, and no connection ends. */
async function startCable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const path = `${decodeURIComponent(target.hostname)}/.s.PGSQL.${target.port || 5432}`;
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((incoming) => {
    const outgoing = connect(path);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isCut) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://${target.username}:${target.password}@127.0.0.1:${port}${target.pathname}`,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
