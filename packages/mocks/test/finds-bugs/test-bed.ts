import { requests } from '@partner-ecosystem/openapi/examples';
import type { Sandbox } from '../../src/index.ts';
import { type Customer, Integration, type RealmReference } from './integration.ts';
import type { Mistake } from './mistakes.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** A provider under the suite. */
export interface Provider {
  readonly url: string;
  readonly administratorToken: string;
  /** Missing for a mock without state, decisions and callbacks. */
  readonly sandbox?: Sandbox;
  readonly close: () => Promise<void>;
}

/** A check needs a capability that the provider does not have. */
export class NotSupportedError extends Error {
  override readonly name = 'NotSupportedError';
}

/** The environment of a check: a provider, and a partner with one integration. */
export interface TestBed {
  readonly integration: Integration;
  readonly sandbox: Sandbox;
  readonly receiver: Receiver;
  /** The log lines of the integration. */
  readonly log: readonly string[];
  /** The delays before the integration's repeated attempts, in milliseconds. */
  readonly waits: readonly number[];
  /** The timeouts that the integration has started. Only a check aborts a timeout. */
  readonly timeouts: readonly AbortController[];
  readonly close: () => Promise<void>;
}

const { realmId, realm, flowId, name, email, mobile, signzyAppId } = requests.createMerchant.customer;
const defaultRealm: RealmReference = { realmId, realm, flowId };
export const customer: Customer = { name, email, mobile, signzyAppId: `${signzyAppId}` };
export const items: typeof requests.pushMerchant.twoDocumentsOnOnePage.data =
  requests.pushMerchant.twoDocumentsOnOnePage.data;
export const picture: Blob = new Blob(['not an image'], { type: 'image/png' });
const { credentials } = requests.loginPartner;

/** Creates a partner at the provider, and an integration with at most one mistake. */
export async function startTestBed(
  provider: Provider,
  mistake: Mistake | undefined,
  realmChanges: Partial<RealmReference> = {},
): Promise<TestBed> {
  const { url, sandbox } = provider;
  const log: string[] = [];
  const waits: number[] = [];
  const timeouts: AbortController[] = [];
  const integration = new Integration(
    {
      url,
      credentials,
      has: (other) => other === mistake,
      now: sandbox?.clock.now ?? Date.now,
      wait: async (milliseconds) => void waits.push(milliseconds),
      startTimeout: () => {
        const timeout = new AbortController();
        timeouts.push(timeout);
        return timeout.signal;
      },
      log: (line) => void log.push(line),
    },
    { ...defaultRealm, ...realmChanges },
  );
  const receiver = await startReceiver((body) => integration.receive(body));
  await enrolPartner(provider, receiver.url);
  return {
    integration,
    get sandbox() {
      if (sandbox) return sandbox;
      throw new NotSupportedError();
    },
    receiver,
    log,
    waits,
    timeouts,
    close: async () => {
      await Promise.all([receiver.close(), provider.close()]);
    },
  };
}

/** Performs the administrator's steps for a new partner, and registers the partner's callback URL. */
async function enrolPartner({ url, administratorToken }: Provider, receiverUrl: string): Promise<void> {
  const post = async (path: string, token: string, json: object) => {
    const headers = { 'content-type': 'application/json', authorization: token };
    const response = await fetch(`${url}/api/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(json),
    });
    if (!response.ok) throw new Error(`${path}: status ${response.status}.`);
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
