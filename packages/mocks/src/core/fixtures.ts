import type { components } from '@partner-ecosystem/openapi/schema';
import { contractBody, contractRequest } from './contract/contract-body.ts';
import { manual } from './model/decision-policy.ts';
import type { Env } from './model/env.ts';
import type { Page, PageType, Realm, State, Widget } from './model/state.ts';
import { emptyTable, put, rows } from './model/table.ts';
import { accessToken } from './seed/identifiers.ts';

/** What is there before anybody has asked for anything. */
export interface Fixtures {
  readonly realm: Realm;
  /** The raw token of a back-office administrator. It never expires. */
  readonly administratorToken: string;
}

/** The world of the contract's examples: one realm with one flow, and an administrator. */
export function createInitialState(env: Env): State {
  const realm = exampleRealm(env);
  const administratorToken = accessToken(env, 'administrator');
  return {
    ordinals: { partner: 0, token: 0, link: 0, merchant: 0, file: 0, callback: 0, fault: 0 },
    administratorToken,
    realms: put(emptyTable<Realm>(), realm.id, realm),
    partners: emptyTable(),
    tokens: put(emptyTable(), administratorToken, {}),
    links: emptyTable(),
    merchants: emptyTable(),
    files: emptyTable(),
    callbacks: emptyTable(),
    waiting: emptyTable(),
    scheduledDecisions: emptyTable(),
    policy: manual,
    faults: [],
  };
}

/** The world of a state. */
export function fixturesOf({ realms, administratorToken }: State): Fixtures {
  const [realm] = rows(realms);
  if (!realm) throw new Error('A state without a realm is none of a sandbox.');
  return { realm, administratorToken };
}

const pageTypes: { readonly [widgetName: string]: PageType } = {
  'Manual Data Entry': 'forms',
  'Video Verification': 'video',
};

type Schemas = components['schemas'];
type SpecItem = Schemas['PushMerchantSpec']['data'][number];

function exampleRealm({ derive }: Pick<Env, 'derive'>): Realm {
  // What the contract has for a body is of the type that is made from the same contract.
  const { realmId, realm, flowId } = contractRequest(
    'createMerchant',
    derive,
  ) as Schemas['CreateMerchantRequest'];
  const { flowDetails } = contractBody('createMerchant', 200, derive) as Schemas['Merchant'];
  const skeleton = (contractBody('getPushMerchantSpec', 200, derive) as Schemas['PushMerchantSpec']).data;
  const samples = (contractRequest('pushMerchant', derive) as Schemas['PushMerchantRequest']).data;
  const { name = '', type = '' } = flowDetails ?? {};
  const pages = [...new Set(skeleton.map(({ pageId }) => pageId))].map((pageId) =>
    examplePage(pageId, skeleton, samples),
  );
  return { id: realmId, name: realm, flows: [{ id: flowId, name, type, pages }] };
}

function examplePage(id: string, skeleton: readonly SpecItem[], samples: readonly SpecItem[]): Page {
  const widgets = skeleton.filter(({ pageId }) => pageId === id).map((item) => exampleWidget(item, samples));
  return { id, type: pageTypes[widgets[0]?.name ?? ''] ?? 'Data&Document', widgets };
}

function exampleWidget({ pageId, widgetName, data }: SpecItem, samples: readonly SpecItem[]): Widget {
  const sample = samples.find((item) => item.pageId === pageId && item.widgetName === widgetName);
  return { name: widgetName, labels: data, samples: sample?.data ?? {} };
}
