import type { Source } from '../../runtime/evidence.ts';
import type { Contract } from '../contract/contract.ts';
import { mapOperations, mapValues, webhooksOf } from '../contract/operations.ts';
import { json, writeModule } from './write-module.ts';

/** Writes `evidence.js`: the source of what the contract says about each operation and each event. */
export async function writeEvidence(contract: Contract, dist: URL): Promise<void> {
  const operations = mapOperations(contract, ({ evidence, aspects }) =>
    Object.keys(aspects).length > 0 ? { ...evidence, aspects } : evidence,
  );
  const webhooks = webhooksOf(contract).map(({ event, evidence }) => [event, evidence]);
  await writeModule(dist, 'evidence', {
    types: [
      `import type { EventName, OperationId } from './operations.d.ts';`,
      `import type { Evidence, Source } from './runtime/evidence.d.ts';`,
      'export type { Evidence, Source };',
    ],
    constants: {
      sources: {
        doc: 'The sources that the evidence cites, by name.',
        type: '{ readonly [name: string]: Source }',
        value: json(mapValues(contract['x-evidence-sources'], withoutSubjects)),
      },
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

/** A source without the list of what it documents, which only lint reads. */
function withoutSubjects({ kind, title, url, read }: Source): Source {
  return { kind, title, ...(url && { url }), read };
}
