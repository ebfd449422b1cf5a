import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CallbackServer,
  type CallbackServerOptions,
  createCallbackServer,
} from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { webhooks } from '@partner-ecosystem/openapi/examples';

/** A server whose inbox has an example of everything that it can show. */
export interface RunningInbox {
  readonly server: CallbackServer;
  readonly adminUrl: string;
  /** Ids of callbacks. */
  readonly ids: { readonly [Name in keyof typeof bodies]: string };
  readonly close: () => Promise<void>;
}

const token = 'not-a-real-callback-token';
const longId = 'EXAMPLE-'.repeat(25);

/** The posted bodies, each with the event in its URL. */
const bodies = {
  taken: ['pending', callback('pending', { id: 'EXAMPLE-taken' })],
  dead: ['pending', callback('pending', { id: 'EXAMPLE-failing' })],
  drift: ['pending', callback('pending', { id: longId, subStatus: 'parked', name: 7 })],
  invalid: ['pending', callback('pending', { id: 'EXAMPLE-invalid', status: 7 })],
  unparsable: ['pending', 'not JSON <script>'],
  quarantined: ['accept', callback('accept', { id: 'EXAMPLE-forged' })],
} as const satisfies Record<string, readonly [event: string, body: string]>;

/** Starts a server that confirms decisions with a sandbox. The sandbox knows none of the server's merchants. */
export async function startInbox(options: Partial<CallbackServerOptions> = {}): Promise<RunningInbox> {
  const folder = await mkdtemp(join(tmpdir(), 'callback-inbox-'));
  const shared = {
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [token],
    port: 0,
    adminPort: 0,
    graceMs: 1000,
    deliveryDelaysMs: [1],
  };
  await leaveOpenDeliveries(shared);
  const server = await createCallbackServer({ ...shared, ...confirmation(), ...options });
  server.on('pending', ({ payload }) => {
    if (payload.merchantData.id === 'EXAMPLE-failing') throw new Error('The handler fails.');
  });
  server.on('accept', () => {});
  const { url, adminUrl } = await server.start();
  const ids: Record<string, string> = {};
  for (const [name, [event, body]] of Object.entries(bodies)) {
    await post(url, event, body);
    ids[name] = (await server.callbacks.list({ limit: 1 }))[0]?.id ?? '';
  }
  await server.merchants.expect([{ merchantId: 'EXAMPLE-expected', realmId: 'EXAMPLE-realm' }]);
  await settled(server);
  const close = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // Each name of the bodies has an id by now.
  return { server, adminUrl, ids: ids as RunningInbox['ids'], close };
}

/** Leaves deliveries to a route that the next server does not have. */
async function leaveOpenDeliveries(options: CallbackServerOptions): Promise<void> {
  const route = { name: 'ledger', url: 'http://127.0.0.1:2/closed' };
  const server = await createCallbackServer({ ...options, routes: [route], deliveryDelaysMs: [3_600_000] });
  const { url } = await server.start();
  await post(url, 'pending', callback('pending', { id: 'EXAMPLE-ledger' }));
  await server.stop();
}

function confirmation(): Partial<CallbackServerOptions> {
  const sandbox = createSandbox({ seed: 7 });
  const { credentials } = sandbox.backOffice.addPartner();
  const host = 'https://provider.test';
  const provider = () =>
    createPartnerClient({
      goUrl: host,
      backopsUrl: host,
      persistUrl: host,
      credentials,
      retry: false,
      fetch: sandbox.fetch,
    });
  return { provider, confirmDelaysMs: [10], agreeMs: 0, pullsPerMinute: 6000 };
}

/** Waits until the server has done all that it can do at once. */
async function settled({ callbacks }: CallbackServer): Promise<void> {
  for (;;) {
    const kept = await callbacks.list();
    const isOpen = ({ route, state }: { route: string; state: string }) =>
      route !== 'ledger' && (state === 'due' || state === 'claimed');
    if (!kept.some(({ deliveries }) => deliveries.some(isOpen))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function post(url: string, event: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/callbacks/${token}/${event}`, { method: 'POST', body, headers });
  if (!response.ok) throw new Error(`The server responded with ${response.status} to a callback ${event}.`);
}

function callback(event: 'pending' | 'accept', changes: Record<string, unknown>): string {
  const [example] = Object.values(webhooks[event]);
  return JSON.stringify({ ...example, merchantData: { ...example?.merchantData, ...changes } });
}
