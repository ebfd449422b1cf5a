import { requests } from '@partner-ecosystem/openapi/examples';
import type { Scenario } from '../../../packages/mocks/src/index.ts';
import {
  createMerchant,
  flowId,
  pendingMerchant,
  readySandbox,
  realmId,
} from '../../../packages/mocks/test/support/journey.ts';

/** Exports a sandbox that holds rows of every kind: cases in each status, a file, callbacks, decisions to come and faults. */
export async function busyScenario(seed: string): Promise<Scenario> {
  const { sandbox, api, token, distributorId } = await readySandbox({ seed });
  const callbacks = { pending: 'http://127.0.0.1:9/p', accept: 'http://127.0.0.1:9/a', reject: '' };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await api.send('uploadBase64', { json: requests.uploadBase64.image });
  await createMerchant(api, token);
  const [accepted, draft] = [await pendingMerchant(api, token), await pendingMerchant(api, token)];
  await sandbox.callbacks.drain();
  sandbox.faults.add({ callback: '*', kind: 'reorder', rate: 0.5 });
  sandbox.faults.add({ callback: 'accept', kind: 'contradict-later', after: '1d' });
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'stale-read', times: 1, ttl: '2d' });
  sandbox.backOffice.accept(accepted, { reason: 'fine' });
  sandbox.backOffice.askForMore(draft, { instructions: 'again' });
  sandbox.backOffice.setPolicy({ kind: 'random', after: '3h', weights: { accept: 1, draft: 2 } });
  await pendingMerchant(api, token);
  return { ...sandbox.scenario(), policy: { kind: 'auto-reject', after: '1m', reason: 'closed' } };
}
