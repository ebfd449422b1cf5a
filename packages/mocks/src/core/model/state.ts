import type { components } from '@partner-ecosystem/openapi/schema';
import type { Event, Status } from './case-status.ts';
import type { DecisionPolicy, ScheduledDecision } from './decision-policy.ts';
import type { Fault } from './fault.ts';
import type { QueuedCallback } from './queued-callback.ts';
import type { Table } from './table.ts';

/** Everything that the sandbox knows. The state is immutable; `snapshotOf` turns it into plain data. */
export interface State {
  /** How many of each kind were created so far, so that ids are unique. */
  readonly ordinals: { readonly [Kind in EntityKind]: number };
  /** The raw token of a back-office administrator. It never expires. */
  readonly administratorToken: string;
  readonly realms: Table<Realm>;
  readonly partners: Table<Partner>;
  readonly tokens: Table<Token>;
  /** By partner and realm: `linkKey`. */
  readonly links: Table<Link>;
  readonly merchants: Table<Merchant>;
  readonly files: Table<StoredFile>;
  readonly callbacks: Table<QueuedCallback>;
  /** An index of the callbacks that wait for an attempt, by id. */
  readonly waiting: Table<true>;
  /** An index of the waiting callbacks that are held back, by merchant. */
  readonly heldBack: Table<readonly string[]>;
  /** Decisions that a policy or a fault takes later. */
  readonly scheduledDecisions: Table<ScheduledDecision>;
  readonly policy: DecisionPolicy;
  /** In the order of their addition. */
  readonly faults: readonly Fault[];
}

export type EntityKind = 'partner' | 'token' | 'link' | 'merchant' | 'file' | 'callback' | 'fault';

export interface Realm {
  readonly id: string;
  readonly name: string;
  readonly flows: readonly Flow[];
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly pages: readonly Page[];
}

export interface Page {
  readonly id: string;
  /** Selects where a pull shows the data besides `documents`: `formData` or `videoForensics`. */
  readonly type: PageType;
  readonly widgets: readonly Widget[];
}

export type PageType = 'Data&Document' | 'forms' | 'video';

export interface Widget {
  readonly name: string;
  /** For each variable, a description of its value. */
  readonly labels: { readonly [variable: string]: string };
  /** For each variable, a sample value. */
  readonly samples: { readonly [variable: string]: string };
}

export interface Partner {
  readonly id: string;
  readonly username: string;
  /** A hash, so that no snapshot holds a password. */
  readonly passwordDigest: string;
  readonly profile: { readonly email?: string; readonly name?: string; readonly mobile?: string };
}

export interface Token {
  /** Id of the partner. An administrator's token has no partner. */
  readonly partnerId?: string;
  /** Epoch milliseconds. Without it, the token never expires. */
  readonly expiresAt?: number;
}

/** The flows of a realm that a partner may use, and the URLs for its callbacks. */
export interface Link {
  readonly id: string;
  readonly distributorId: string;
  readonly realmId: string;
  readonly flowIds: readonly string[];
  /** By flow. */
  readonly callbackUrls: { readonly [flowId: string]: CallbackUrls };
}

export type CallbackUrls = { readonly [E in Event]?: string };

export interface Merchant {
  readonly id: string;
  readonly distributorId: string;
  readonly username: string;
  readonly realm: Pick<Realm, 'id' | 'name'>;
  readonly flow: Pick<Flow, 'id' | 'name' | 'type'>;
  readonly customer: Pick<
    components['schemas']['CreateMerchantRequest'],
    'name' | 'email' | 'mobile' | 'signzyAppId'
  >;
  /** The realm's own fields, repeated in every document about the case. */
  readonly customFields: { readonly [name: string]: unknown };
  /** The opaque part of the merchant's auto-login URL. */
  readonly autoLoginSecret: string;
  readonly createdAt: number;
  readonly status: Status;
  readonly items: readonly PushedItem[];
  /** When the case was submitted first and last, in epoch milliseconds. */
  readonly submission?: { readonly first: number; readonly last: number };
  readonly decision?: DecisionRecord;
  /** The case before its last change, for stale reads. Absent: the case did not exist. */
  readonly previous?: Omit<Merchant, 'previous'>;
}

export interface PushedItem {
  readonly pageId: string;
  readonly pageType: PageType;
  readonly widgetName: string;
  readonly data: { readonly [variable: string]: unknown };
}

export interface DecisionRecord {
  readonly actionBy: string;
  readonly actionTime: number;
  readonly reason: string;
  readonly instructions: string;
}

/** Returns the next ordinal of a kind, and the state that has counted it. */
export function nextOrdinal(state: State, kind: EntityKind) {
  const ordinal = state.ordinals[kind] + 1;
  const counted: State = { ...state, ordinals: { ...state.ordinals, [kind]: ordinal } };
  return { ordinal, state: counted };
}

/** A partner or an administrator; `anyone` for an operation without authorization. */
export type Caller = Partner | 'administrator' | 'anyone';

/** A file in the store, its bytes in base64. */
export interface StoredFile {
  /** A part of the file's address. Everyone who knows the address can fetch the file. */
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
  /** The key that a download requires. */
  readonly key?: string;
  /** Epoch milliseconds. Without it, the file never expires. */
  readonly expiresAt?: number;
}
