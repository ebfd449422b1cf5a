import type { Contract } from '../contract/contract.ts';
import { mapOperations, webhooksOf } from '../contract/operations.ts';
import { json, writeModule } from './write-module.ts';

/** Writes `evidence.js`: the source of what the contract says about each operation and each event. */
export async function writeEvidence(contract: Contract, dist: URL): Promise<void> {
  const operations = mapOperations(contract, ({ evidence }) => evidence);
  const webhooks = webhooksOf(contract).map(({ event, evidence }) => [event, evidence]);
  await writeModule(dist, 'evidence', {
    types: [
      `import type { EventName, OperationId } from './operations.d.ts';`,
      `import type { Evidence } from './runtime/evidence.d.ts';`,
      'export type { Evidence };',
    ],
    constants: {
      operations: {
        doc: 'The evidence for each operation.',
        type: '{ readonly [Id in OperationId]: Evidence }',
        value: json(operations),
      },
      webhooks: {
        doc: 'The evidence for each event.',
        type: '{ readonly [Event in EventName]: Evidence }',
        value: json(Object.fromEntries(webhooks)),
      },
    },
  });
}
