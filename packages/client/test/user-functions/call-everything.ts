import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { contractGuard, createMerchant, loginPartner, pullMerchant } from '../../src/guards.ts';
import {
  createDecisions,
  createPartnerClient,
  createTokenStore,
  type PartnerClient,
  type PartnerClientOptions,
} from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { credentials } from '../support/provider.ts';
import { ScriptedProvider } from '../support/scripted-provider.ts';

// Makes calls of clients that each have one function that misbehaves. Prints how each call ended, and the number of
// unhandled rejections.

type Misbehave = () => never;

/** Ways in which a function of the user's misbehaves. A function that hangs returns a promise that never settles. */
const misbehaviours: { readonly [kind: string]: () => unknown } = {
  throw() {
    throw new Error('thrown by a function of the user');
  },
  reject: () => Promise.reject(new Error('rejected by a function of the user')),
  hang: () => new Promise(() => {}),
  'return nothing': () => undefined,
  'throw later': () => Promise.resolve().then(() => Promise.reject(undefined)),
};

/** Options that each contain one function that misbehaves. Each gets its own client. */
function optionsWith(misbehave: Misbehave): { readonly [name: string]: Partial<PartnerClientOptions> } {
  const storage = { read: async () => undefined, write: async () => {} };
  const guard = contractGuard([createMerchant, pullMerchant, loginPartner], { onDrift: misbehave });
  return {
    onEvent: { onEvent: misbehave },
    onDrift: { guard },
    credentials: { credentials: misbehave },
    administratorToken: { administratorToken: misbehave, credentials: undefined },
    findMerchant: { findMerchant: misbehave },
    onMerchantCreated: {
      findMerchant: async () => ({ id: '1', status: 'new' }),
      onMerchantCreated: misbehave,
    },
    fetch: { fetch: misbehave },
    'guard.request': { guard: { request: misbehave, response() {} } },
    'guard.response': { guard: { request() {}, response: misbehave } },
    'tokenStore.renew': { tokenStore: { renew: misbehave } },
    'storage.read': { tokenStore: createTokenStore({ ...storage, read: misbehave }) },
    'storage.write': { tokenStore: createTokenStore({ ...storage, write: misbehave }) },
    'storage.lock': { tokenStore: createTokenStore({ ...storage, lock: misbehave }) },
  };
}

/** A provider whose responses drift from the contract, and that loses the response to each create. */
function startProvider() {
  const script = {
    pullMerchant: () => ({ body: { result: { merchantData: { basicDetails: { status: 'accept' } } } } }),
    createMerchant: () => ({ hangUp: 'before headers' }) as const,
  };
  const provider = new ScriptedProvider(script);
  return listenOnFreePort(createServer((request, response) => void provider.handle(request, response)));
}

function callsOf(
  partner: PartnerClient,
  misbehave: Misbehave,
  deadlineMs: number,
): { readonly [name: string]: Promise<unknown> } {
  const signal = AbortSignal.timeout(200_000);
  const wait = { firstPullAfterMs: 0, intervalMs: 1, deadlineMs, signal, onStatus: misbehave };
  return {
    pullMerchant: partner.pullMerchant(pull),
    createMerchant: partner.createMerchant(merchant),
    createPartner: partner.createPartner(credentials),
    raw: partner.raw.pullMerchant(pull),
    waitFor: createDecisions(partner).waitFor(pull, wait),
  };
}

/** A listener that fails must not even slow a call down. A create waits for `onMerchantCreated`, but not longer than its limit. */
const limitsMs: { readonly [option: string]: number } = {
  onEvent: 120_000,
  onDrift: 120_000,
  onMerchantCreated: 20_000,
  'storage.write': 120_000,
};
let unhandled = 0;
process.on('unhandledRejection', () => {
  unhandled += 1;
});

const { url, close } = await startProvider();
const ends: Record<string, string> = {};
const calls = Object.entries(misbehaviours).flatMap(([kind, misbehaviour]) => {
  // The types of the options accept no function that misbehaves, so this cast is needed.
  const misbehave = misbehaviour as Misbehave;
  return Object.entries(optionsWith(misbehave)).flatMap(([option, options]) => {
    const limitMs = limitsMs[option] ?? 500;
    const partner = createPartnerClient({
      goUrl: url,
      backopsUrl: url,
      persistUrl: url,
      credentials,
      administratorToken: 'not-a-real-token',
      timeoutMs: limitMs,
      retry: { maxAttempts: 2, budgetMs: limitMs },
      ...options,
    } as PartnerClientOptions);
    return Object.entries(callsOf(partner, misbehave, limitMs)).map(async ([name, call]) => {
      ends[`${kind}: ${option}: ${name}`] = await call.then(() => 'success', nameOf);
    });
  });
});
await Promise.all(calls);
await close();
await new Promise(setImmediate);
// A write that hangs would keep the process until its limit.
process.stdout.write(JSON.stringify({ ends, unhandled }), () => process.exit());

function nameOf(error: unknown): string {
  return error instanceof Error && error.constructor !== TypeError ? error.name : String(error);
}
