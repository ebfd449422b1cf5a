import type { Office } from './start-office.ts';

/** The ids of the cases that the states show. */
export interface OfficeCases {
  readonly pending: string;
  readonly accepted: string;
  readonly draft: string;
  /** The id of a sandbox without cases. */
  readonly emptySandbox: string;
}

/** Creates the data that the states show: cases in each status, a reference as long as a UUID, failing callbacks. */
export async function fillOffice({ running, submit, create }: Office): Promise<OfficeCases> {
  const { sandbox, sandboxes, url } = running;
  const pending = await submit('0f8fad5b-d9cb-469f-a165-70867728950e');
  const [accepted, rejected, draft] = [
    await submit('EXAMPLE-2'),
    await submit('EXAMPLE-3'),
    await submit('EXAMPLE-4'),
  ];
  await create('EXAMPLE-5');
  sandbox.backOffice.addSampleCases(20);
  sandbox.faults.add({ callback: 'reject', kind: 'wrong-body', times: 1 });
  sandbox.backOffice.accept(accepted);
  sandbox.backOffice.reject(rejected, { reason: 'The photo does not match.' });
  sandbox.backOffice.askForMore(draft, { instructions: 'Send the back of the card.' });
  await sandbox.callbacks.drain();
  await fetch(`${url}/api/distributors/createMerchant`, { method: 'POST', body: '{}' });
  sandbox.faults.add({ operation: '*', kind: 'latency', delay: '1ms', ttl: '1d', rate: 0.1 });
  return { pending, accepted, draft, emptySandbox: sandboxes.create({}, 'empty').id };
}
