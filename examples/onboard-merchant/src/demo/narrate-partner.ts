import type { OperationResult, PartnerClient } from '@partner-ecosystem/client';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Narrate } from './narrator.ts';

type Narration<Id extends OperationId> = readonly [
  step: number,
  title: string,
  /** Describes the result by ids, counts and status words, without personal data. */
  describe: (result: OperationResult<Id>) => string,
];

const narrations: { [Id in OperationId]?: Narration<Id> } = {
  createPartner: [1, 'Create the partner', ({ id }) => `partner ${id}`],
  loginPartner: [2, 'Log in', ({ ttl = 0 }) => `a token for ${ttl / 86_400} days`],
  linkPartner: [3, 'Link the partner', ({ realmId }) => `linked to realm ${realmId}`],
  assignFlows: [4, 'Assign flows', ({ result }) => `flow ${result?.flowIds?.join(', ')}`],
  registerCallbacks: [
    4,
    'Register callbacks',
    ({ result }) => Object.keys(result?.callbacks ?? {}).join(', '),
  ],
  createMerchant: [5, 'Create a merchant', describeCase],
  getPushMerchantSpec: [
    6,
    'Ask what to push',
    ({ data }) => `${data.length} items on ${new Set(data.map(({ pageId }) => pageId)).size} pages`,
  ],
  uploadFile: [6, 'Store a file', ({ file }) => `file ${file.id}, ${file.size} bytes`],
  pushMerchant: [6, 'Push the data', () => 'done'],
  pullMerchant: [7, 'Confirm by pull', ({ result }) => describeCase(result.merchantData.basicDetails)],
};

/** Returns the same client, which also prints a line for each operation. */
export function narratePartner(partner: PartnerClient, narrate: Narrate): PartnerClient {
  return new Proxy(partner, {
    get(target, name, receiver) {
      const operation: unknown = Reflect.get(target, name, receiver);
      // The cast is safe: the table pairs each operation with a description of that operation's result.
      const narration = narrations[name as OperationId] as Narration<OperationId> | undefined;
      if (!narration || typeof operation !== 'function') return operation;
      const [step, title, describe] = narration;
      return (...input: unknown[]) =>
        narrate(
          { step, title, source: String(name) },
          () => Reflect.apply(operation, target, input),
          describe,
        );
    },
  });
}

function describeCase({ id, status }: { id: string; status: string }): string {
  return `merchant ${id}, ${status}`;
}
