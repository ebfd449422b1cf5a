import {
  createReceiver,
  type IncomingCallback,
  type ReceiverOptions,
  StoreBusyError,
} from '@partner-ecosystem/callback-server/receiver';

/** Tokens, each of a receiver that differs from the usual. */
export const tokens = {
  usual: 'fake-token-usual-1',
  guarded: 'fake-token-guarded-1',
  here: 'fake-token-here-1',
  broken: 'fake-token-broken-1',
  busy: 'fake-token-busy-1',
};

/** What the guarded one asks for beside its token. */
export const secrets = {
  header: { name: 'X-Api-Key', value: 'fake-header-secret-1' },
  credentials: 'signzy:fake:password:1234',
};

export const maxBodyBytes = 8000;

/** What a runtime's own server hands to `fetch` beside the request, as far as the receivers look at it. */
export interface Connection {
  readonly address?: string | undefined;
}

/** A callback that was kept, in JSON. */
export type Kept = Pick<IncomingCallback, 'event' | 'verdict' | 'merchantId' | 'bodySha256' | 'sender'> & {
  readonly body: number[];
};

const kept: IncomingCallback[] = [];

/** In memory, and in no hurry: who is answered before `keep` resolves is answered too early. */
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

function door(token: string, options: Partial<ReceiverOptions> = {}) {
  return { token, receiver: createReceiver({ callbackTokens: [token], store, maxBodyBytes, ...options }) };
}

// Made when the module is loaded, as a worker does that exports its receiver.
const usual = door(tokens.usual);
const others = [
  door(tokens.guarded, {
    callbackHeader: { name: secrets.header.name, values: [secrets.header.value] },
    basicCredentials: [secrets.credentials],
  }),
  door(tokens.here, {
    allowedAddresses: ['127.0.0.0/8'],
    connectedFrom: (_, env) => (env as Connection).address,
  }),
  door(tokens.broken, { store: failing(new Error('The store is down.')) }),
  door(tokens.busy, { store: failing(new StoreBusyError()) }),
];

/** Hands a request to the receiver whose token it names, and shows at `/kept` what they have kept. */
export function receive(request: Request, connection: Connection): Response | Promise<Response> {
  if (new URL(request.url).pathname === '/kept') return Response.json(kept.map(toJson));
  const { receiver } = others.find(({ token }) => request.url.includes(token)) ?? usual;
  return receiver.fetch(request, connection);
}

function toJson({ body, event, verdict, merchantId, bodySha256, sender }: IncomingCallback): Kept {
  const merchant = merchantId === undefined ? {} : { merchantId };
  return { event, verdict, bodySha256, sender, body: [...body], ...merchant };
}
