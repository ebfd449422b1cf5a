import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { components } from '@partner-ecosystem/openapi/schema';
import { contractBody, contractRequest } from './contract/contract-body.ts';
import { successStatus } from './contract/success-status.ts';
import type { Env } from './model/env.ts';
import { emptyIndexes, emptyTables } from './model/snapshot.ts';
import type { Page, PageType, Realm, State, Widget } from './model/state.ts';
import { put, rows } from './model/table.ts';
import { accessToken } from './seed/identifiers.ts';

/** What a new sandbox holds: a realm with its flow, and an administrator. */
export interface Fixtures {
  readonly realm: Realm;
  /** The raw token of a back-office administrator. It never expires. */
  readonly administratorToken: string;
}

/** Creates a state with the fixtures of the contract's examples: one realm with one flow, and an administrator. */
export function createInitialState(env: Env): State {
  const realm = exampleRealm(env);
  const administratorToken = accessToken(env, 'administrator');
  return {
    ordinals: { partner: 0, token: 0, link: 0, merchant: 0, file: 0, callback: 0, fault: 0 },
    administratorToken,
    ...emptyTables,
    ...emptyIndexes,
    realms: put(emptyTables.realms, realm.id, realm),
    tokens: put(emptyTables.tokens, administratorToken, {}),
    policy: { kind: 'manual' },
    faults: [],
  };
}

export function fixturesOf({ realms, administratorToken }: State): Fixtures {
  const [realm] = rows(realms);
  if (!realm) throw new Error('Invalid snapshot: it has no realm.');
  return { realm, administratorToken };
}

const pageTypes: { readonly [widgetName: string]: PageType } = {
  'Manual Data Entry': 'forms',
  'Video Verification': 'video',
};

type Schemas = components['schemas'];
type SpecItem = Schemas['PushMerchantSpec']['data'][number];

function exampleRealm({ derive }: Pick<Env, 'derive'>): Realm {
  // The bodies and their types are generated from the same contract.
  const { realmId, realm, flowId } = contractRequest(
    'createMerchant',
    derive,
  ) as Schemas['CreateMerchantRequest'];
  const { flowDetails } = exampleResult('createMerchant', derive) as Schemas['Merchant'];
  const template = (exampleResult('getPushMerchantSpec', derive) as Schemas['PushMerchantSpec']).data;
  const { data: pushed } = contractRequest('pushMerchant', derive) as Schemas['PushMerchantRequest'];
  // The contract accepts any value in a push. Its examples are texts.
  const samples = pushed as SpecItem[];
  const { name = '', type = '' } = flowDetails ?? {};
  const itemsOfPages = [...Map.groupBy(template, ({ pageId }) => pageId)];
  const pages = itemsOfPages.map(([pageId, items]) => examplePage(pageId, items, samples));
  return { id: realmId, name: realm, flows: [{ id: flowId, name, type, pages }] };
}

function exampleResult(operationId: OperationId, derive: Env['derive']): unknown {
  return contractBody(operationId, successStatus(operationId), derive);
}

function examplePage(id: string, items: readonly SpecItem[], samples: readonly SpecItem[]): Page {
  const widgets = items.map((item) => exampleWidget(item, samples));
  return { id, type: pageTypes[widgets[0]?.name ?? ''] ?? 'Data&Document', widgets };
}

function exampleWidget({ pageId, widgetName, data }: SpecItem, samples: readonly SpecItem[]): Widget {
  const sample = samples.find((item) => item.pageId === pageId && item.widgetName === widgetName);
  // A corrected template can have a variable that no example pushes.
  return { name: widgetName, labels: data, samples: { ...data, ...sample?.data } };
}
