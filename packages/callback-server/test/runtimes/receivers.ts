import {
  createReceiver,
  type IncomingCallback,
  type ReceiverOptions,
  StoreBusyError,
} from '@partner-ecosystem/callback-server/receiver';
import type { ServedModule } from '@partner-ecosystem/runtimes';

/** One token for each receiver. */
export const tokens = {
  usual: 'fake-token-usual-1',
  guarded: 'fake-token-guarded-1',
  loopbackOnly: 'fake-token-loopback-1',
  broken: 'fake-token-broken-1',
  busy: 'fake-token-busy-1',
};

/** Factors that the guarded receiver requires beside its token. */
export const secrets = {
  header: { name: 'X-Api-Key', value: 'fake-header-secret-1' },
  credentials: 'signzy:fake:password:1234',
};

export const maxBodyBytes = 8000;

/** A stored callback, as JSON. */
export type Kept = Pick<IncomingCallback, 'event' | 'verdict' | 'merchantId' | 'bodySha256' | 'sender'> & {
  readonly body: number[];
};

const kept: IncomingCallback[] = [];

/** Stores in memory, but slowly: a response that arrives before `keep` resolves arrives too early. */
const store: ReceiverOptions['store'] = {
  keep: async (callback) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    kept.push(callback);
    return { id: callback.bodySha256, isNew: true };
  },
  probe: async () => {},
};

function failing(error: Error): ReceiverOptions['store'] {
  return { keep: () => Promise.reject(error), probe: () => Promise.reject(error) };
}

function receiverOf(token: string, options: Partial<ReceiverOptions> = {}) {
  return { token, receiver: createReceiver({ callbackTokens: [token], store, maxBodyBytes, ...options }) };
}

type Connection = Parameters<ServedModule['fetch']>[1];

// Created when the module is loaded, as in a worker that exports its receiver.
const usual = receiverOf(tokens.usual);
const others = [
  receiverOf(tokens.guarded, {
    callbackHeader: { name: secrets.header.name, values: [secrets.header.value] },
    basicCredentials: [secrets.credentials],
  }),
  receiverOf(tokens.loopbackOnly, {
    allowedAddresses: ['127.0.0.0/8'],
    connectedFrom: (_, env) => (env as Connection)?.address,
  }),
  receiverOf(tokens.broken, { store: failing(new Error('The store is down.')) }),
  receiverOf(tokens.busy, { store: failing(new StoreBusyError()) }),
];

/** Passes a request to the receiver whose token it names. `/kept` lists what the receivers have stored. */
export const receivers: ServedModule = {
  fetch(request, connection) {
    if (new URL(request.url).pathname === '/kept') return Response.json(kept.map(toJson));
    const { receiver } = others.find(({ token }) => request.url.includes(token)) ?? usual;
    return receiver.fetch(request, connection);
  },
};
function toJson({ body, event, verdict, merchantId, bodySha256, sender }: IncomingCallback): Kept {
  const merchant = merchantId === undefined ? {} : { merchantId };
  return { event, verdict, bodySha256, sender, body: [...body], ...merchant };
}
