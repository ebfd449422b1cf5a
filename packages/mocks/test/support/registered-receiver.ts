import { onTestFinished } from 'vitest';
import { flowId, type ReadySandbox, readySandbox, realmId } from './journey.ts';
import { startReceiver } from './receiver.ts';

/** Starts a receiver that closes when the test has finished. */
export async function receiver(respond?: (attempt: number) => Response | Promise<Response>) {
  const started = await startReceiver(respond);
  onTestFinished(started.close);
  return started;
}

/** Creates a sandbox with a partner who has registered this URL of a receiver. */
export async function registered(url: string): Promise<ReadySandbox> {
  const ready = await readySandbox();
  const { api, token, distributorId } = ready;
  const callbacks = { accept: `${url}/accept`, pending: `${url}/pending` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  return ready;
}
