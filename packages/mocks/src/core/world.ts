import { requests, responses } from '@partner-ecosystem/openapi/examples';
import type { Env } from './env.ts';
import { accessToken } from './identifiers.ts';
import type { Page, PageType, Realm, State, Widget } from './state.ts';

/** What is there before anybody has asked for anything. */
export interface World {
  readonly realm: Realm;
  /** The raw token of a back-office administrator. It never expires. */
  readonly administratorToken: string;
}

/** The world of the contract's examples: one realm with one flow, and an administrator. */
export function createWorld(env: Env): World {
  return { realm: exampleRealm(), administratorToken: accessToken(env, 'administrator') };
}

/** The state of a sandbox that holds only its world. */
export function stateOf({ realm, administratorToken }: World): State {
  return {
    ordinals: { partner: 0, token: 0, link: 0, merchant: 0, file: 0, callback: 0 },
    realms: { [realm.id]: realm },
    partners: {},
    tokens: { [administratorToken]: {} },
    links: {},
    merchants: {},
    files: {},
    callbacks: {},
  };
}

const skeleton = responses.getPushMerchantSpec[200].spec.data;
const samples = requests.pushMerchant.twoDocumentsOnOnePage.data;
const pageTypes: { readonly [widgetName: string]: PageType } = {
  'Manual Data Entry': 'forms',
  'Video Verification': 'video',
};

function exampleRealm(): Realm {
  const { realmId, realm, flowId } = requests.createMerchant.customer;
  const { name = '', type = '' } = responses.createMerchant[200].created.flowDetails ?? {};
  const pageIds = [...new Set(skeleton.map(({ pageId }) => pageId))];
  return { id: realmId, name: realm, flows: [{ id: flowId, name, type, pages: pageIds.map(examplePage) }] };
}

function examplePage(id: string): Page {
  const widgets = skeleton.filter(({ pageId }) => pageId === id).map(exampleWidget);
  return { id, type: pageTypes[widgets[0]?.name ?? ''] ?? 'Data&Document', widgets };
}

function exampleWidget({ pageId, widgetName, data }: (typeof skeleton)[number]): Widget {
  const sample = samples.find((item) => item.pageId === pageId && item.widgetName === widgetName);
  return { name: widgetName, labels: data, samples: sample?.data ?? {} };
}
