import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { expect } from 'vitest';
import type { CallbackServer, CallbackServerOptions, ReceivedCallback } from '../../src/index.ts';
import { eventually } from './eventually.ts';
import { startServer } from './running-server.ts';

/** Sends a request of the server's client, or does something else. */
type Send = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

/**
 * Starts a server that confirms callbacks with a sandbox.
 *
 * @param send - Sends the requests of the server's client to the sandbox. @default unchanged
 * @param prepare - Sets the handlers. @default every event is received
 */
export async function startConfirming(
  options: Partial<CallbackServerOptions> = {},
  send: Send = (request, next) => next(request),
  prepare?: (server: CallbackServer) => void,
) {
  const sandbox = createSandbox({ seed: 7 });
  const { credentials } = sandbox.backOffice.addPartner();
  const url = 'https://provider.test';
  const clientOptions = { goUrl: url, backopsUrl: url, persistUrl: url, credentials };
  const partner = createPartnerClient({ ...clientOptions, fetch: sandbox.fetch });
  const received: ReceivedCallback[] = [];
  const provider: CallbackServerOptions['provider'] = () =>
    createPartnerClient({ ...clientOptions, retry: false, fetch: (request) => send(request, sandbox.fetch) });
  const limits = { confirmDelaysMs: [10], agreeMs: 0, pullsPerMinute: 6000 };
  const receive = (server: CallbackServer) => {
    for (const event of ['accept', 'reject', 'pending'] as const)
      server.on(event, (callback) => void received.push(callback));
  };
  const running = await startServer({ provider, ...limits, ...options }, prepare ?? receive);
  const pullsOf = async (outcome = 'found') => {
    const count = new RegExp(`pulls_total\\{outcome="${outcome}"\\} (\\d+)`).exec(
      await running.server.metrics(),
    );
    return Number(count?.[1] ?? 0);
  };
  return {
    ...running,
    sandbox,
    /** Resolves when a pull has had this outcome. */
    pulled: (outcome: 'found' | 'failed') =>
      eventually(async () => expect(await pullsOf(outcome)).toBeGreaterThan(0)),
    /** Resolves when four more pulls have been made. */
    pulledMore: async () => {
      const before = await pullsOf();
      await eventually(async () => expect(await pullsOf()).toBeGreaterThanOrEqual(before + 4));
    },
    received,
    /** Each received event with its confirmation. */
    words: () => received.map(({ event, confirmation }) => `${event} ${confirmation ?? ''}`.trim()),
    pendingMerchant: async () => {
      const { id } = await partner.createMerchant(requests.createMerchant.customer);
      await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId: id });
      return id;
    },
  };
}
