import { requests } from '@partner-ecosystem/openapi/examples';
import type { Sandbox } from '../../src/index.ts';
import { type Customer, Integration, type Workplace } from './integration.ts';
import type { Mistake } from './mistakes.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** A provider to run the suite over. */
export interface Provider {
  readonly url: string;
  readonly administratorToken: string;
  /** The sandbox behind it. A mock that keeps no state, decides nothing and posts nothing has none. */
  readonly sandbox?: Sandbox;
  readonly close: () => Promise<void>;
}

/** A check asks for what the provider does not offer. */
export class NotSupportedError extends Error {
  override readonly name = 'NotSupportedError';
}

/** What a check stands on: a partner at work with one integration, and its provider. */
export interface TestBed {
  readonly integration: Integration;
  readonly sandbox: Sandbox;
  readonly receiver: Receiver;
  /** What the integration logged. */
  readonly log: readonly string[];
  /** How long it waited before it tried again, in milliseconds. */
  readonly waits: readonly number[];
  readonly close: () => Promise<void>;
}

const { realmId, realm, flowId, name, email, mobile, signzyAppId } = requests.createMerchant.customer;
export const workplace: Workplace = { realmId, realm, flowId };
export const customer: Customer = { name, email, mobile, signzyAppId };
export const items: typeof requests.pushMerchant.twoDocumentsOnOnePage.data =
  requests.pushMerchant.twoDocumentsOnOnePage.data;
export const picture: Blob = new Blob(['not an image'], { type: 'image/png' });
const { credentials } = requests.loginPartner;
/** Of each call. */
const timeoutMs = 3000;

/** Makes a partner at the provider, and an integration with at most one mistake in it. */
export async function startTestBed(
  provider: Provider,
  mistake: Mistake | undefined,
  at: Partial<Workplace> = {},
): Promise<TestBed> {
  const { url, sandbox } = provider;
  const log: string[] = [];
  const waits: number[] = [];
  const integration = new Integration(
    {
      ...{ url, credentials, timeoutMs },
      has: (asked) => asked === mistake,
      now: sandbox?.clock.now ?? Date.now,
      wait: async (milliseconds) => void waits.push(milliseconds),
      log: (line) => void log.push(line),
    },
    { ...workplace, ...at },
  );
  const receiver = await startReceiver((body) => integration.receive(body));
  await becomePartner(provider, receiver.url);
  return {
    integration,
    get sandbox() {
      if (sandbox) return sandbox;
      throw new NotSupportedError();
    },
    ...{ receiver, log, waits },
    close: async () => {
      await Promise.all([receiver.close(), provider.close()]);
    },
  };
}

/** What an administrator does before a partner can work, and where its callbacks are to go. */
async function becomePartner({ url, administratorToken }: Provider, receiverUrl: string): Promise<void> {
  const post = async (path: string, token: string, json: object) => {
    const headers = { 'content-type': 'application/json', authorization: token };
    const response = await fetch(`${url}/api/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(json),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return (await response.json()) as { readonly id: string };
  };
  const { id: distributorId } = await post('distributors', administratorToken, credentials);
  const { id: token } = await post('distributors/login', '', credentials);
  await post('distributorlink', administratorToken, { distributorId, realmId });
  await post('applications/updateDistributorLink', administratorToken, {
    distributorId,
    realmId,
    flowIds: [flowId],
  });
  const callbacks = { accept: receiverUrl, reject: receiverUrl, pending: receiverUrl };
  await post('distributors/callback', token, { distributorId, realmId, flowId, callbacks });
}
