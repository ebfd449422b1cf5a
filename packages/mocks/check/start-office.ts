import { requests } from '@partner-ecosystem/openapi/examples';
import { type RunningSandbox, startSandbox } from '../src/node.ts';
import { ApiSession, flowId, pushOf, readyPartner, realmId } from '../test/support/journey.ts';
import { type Receiver, startReceiver } from '../test/support/receiver.ts';

/** A running sandbox with a partner. The partner's callbacks go to a receiver. */
export interface Office {
  readonly running: RunningSandbox;
  readonly receiver: Receiver;
  /** Submits a case with this reference, and returns the id of the merchant. */
  readonly submit: (signzyAppId: string, name?: string) => Promise<string>;
  /** Creates a merchant without data, and returns its id. */
  readonly create: (signzyAppId: string, name?: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function startOffice(): Promise<Office> {
  const running = await startSandbox({ port: 0, controlPort: 0 });
  const receiver = await startReceiver();
  const api = new ApiSession(fetch, running.url);
  const { administratorToken } = running.sandbox.fixtures;
  const { token, distributorId } = await readyPartner(api, administratorToken);
  const callbacks = { pending: receiver.url, accept: receiver.url, reject: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const create = async (signzyAppId: string, name = 'Asha Example') => {
    const json = { ...requests.createMerchant.customer, signzyAppId, name };
    const { body } = await api.send('createMerchant', { token, json });
    return `${body['id']}`;
  };
  return {
    running,
    receiver,
    create,
    submit: async (signzyAppId, name) => {
      const merchantId = await create(signzyAppId, name);
      await api.send('pushMerchant', { token, json: pushOf(merchantId) });
      return merchantId;
    },
    close: async () => {
      await Promise.all([running.close(), receiver.close()]);
    },
  };
}
