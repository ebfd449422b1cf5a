import type { OperationResult, PartnerClient } from '@partner-ecosystem/client';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Narrator } from './narrator.ts';

interface Scene<Id extends OperationId> {
  step: number;
  title: string;
  /** What came back: ids, counts and words of the platform's, and nothing of a person's. */
  says: (result: OperationResult<Id>) => string;
}

const scenes: { [Id in OperationId]?: Scene<Id> } = {
  createPartner: { step: 1, title: 'Create the partner', says: ({ id }) => `partner ${id}` },
  loginPartner: { step: 2, title: 'Log in', says: ({ ttl = 0 }) => `a token for ${ttl / 86_400} days` },
  linkPartner: { step: 3, title: 'Link it to a realm', says: ({ realmId }) => `linked to realm ${realmId}` },
  assignFlows: {
    step: 4,
    title: 'Assign flows',
    says: ({ result }) => `flow ${result?.flowIds?.join(', ')}`,
  },
  registerCallbacks: {
    step: 4,
    title: 'Register callbacks',
    says: ({ result }) => Object.keys(result?.callbacks ?? {}).join(', '),
  },
  createMerchant: {
    step: 5,
    title: 'Create a merchant',
    says: ({ id, status }) => `merchant ${id}, ${status}`,
  },
  getPushMerchantSpec: {
    step: 6,
    title: 'Learn what to push',
    says: ({ data }) => `${data.length} items on ${new Set(data.map(({ pageId }) => pageId)).size} pages`,
  },
  uploadFile: { step: 6, title: 'Store a paper', says: ({ file }) => `file ${file.id}, ${file.size} bytes` },
  pushMerchant: { step: 6, title: 'Push its data', says: () => 'taken' },
  pullMerchant: {
    step: 7,
    title: 'Confirm by pull',
    says: ({ result }) => {
      const { id, status } = result.merchantData.basicDetails;
      return `merchant ${id}, ${status}`;
    },
  },
};

/** The same client, telling of each operation as it comes back. */
export function narratePartner(partner: PartnerClient, narrator: Narrator): PartnerClient {
  return new Proxy(partner, {
    get(target, name, receiver) {
      const operation: unknown = Reflect.get(target, name, receiver);
      // The table pairs each operation with words for its own result; a name taken at run time loses that pairing.
      const scene = scenes[name as OperationId] as Scene<OperationId> | undefined;
      if (!scene || typeof operation !== 'function') return operation;
      return (...input: unknown[]) =>
        narrator.tell(
          { ...scene, by: String(name) },
          () => Reflect.apply(operation, target, input),
          scene.says,
        );
    },
  });
}
