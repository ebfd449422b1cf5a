import type { components } from '@partner-ecosystem/openapi/schema';
import type { Event, Status } from './case-status.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { Fault } from './fault.ts';
import type { QueuedCallback } from './queued-callback.ts';
import type { ScheduledDecision } from './scheduled-decision.ts';
import type { StoredFile } from './stored-file.ts';
import type { Table } from './table.ts';

/** Everything the sandbox knows. Never changed in place; `snapshotOf` turns it into plain data. */
export interface State {
  /** How many of each kind were ever made, so that no id comes twice. */
  readonly ordinals: { readonly [Kind in EntityKind]: number };
  /** The raw token of a back-office administrator. It never expires. */
  readonly administratorToken: string;
  readonly realms: Table<Realm>;
  readonly partners: Table<Partner>;
  readonly tokens: Table<Token>;
  /** By `linkKey`. */
  readonly links: Table<Link>;
  readonly merchants: Table<Merchant>;
  readonly files: Table<StoredFile>;
  readonly callbacks: Table<QueuedCallback>;
  /** The ids of the callbacks that wait for an attempt, so that nobody looks through those that do not. */
  readonly waiting: Table<true>;
  /** Decisions that the policy makes later, by merchant. */
  readonly scheduledDecisions: Table<ScheduledDecision>;
  readonly policy: DecisionPolicy;
  /** In the order in which they were added. */
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
  /** Decides where pulled data stands: beside `documents` also in `formData` or `videoForensics`. */
  readonly type: PageType;
  readonly widgets: readonly Widget[];
}

export type PageType = 'Data&Document' | 'forms' | 'video';

export interface Widget {
  readonly name: string;
  /** For each variable, what it holds, for people. */
  readonly labels: { readonly [variable: string]: string };
  /** For each variable, a value it could hold. */
  readonly samples: { readonly [variable: string]: string };
}

export interface Partner {
  readonly id: string;
  readonly username: string;
  /** Not the password itself, so that no snapshot holds one. */
  readonly passwordDigest: string;
  readonly profile: { readonly email?: string; readonly name?: string; readonly mobile?: string };
}

export interface Token {
  /** Id of the partner, or none: an administrator's. */
  readonly partnerId?: string;
  /** Epoch milliseconds, or none: it never expires. */
  readonly expiresAt?: number;
}

/** What a partner may use of a realm, and where its events are posted to. */
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
  /** The realm's own fields, echoed wherever the case is shown. */
  readonly customFields: { readonly [name: string]: unknown };
  /** The opaque part of the address that logs the merchant in. */
  readonly autoLoginSecret: string;
  readonly createdAt: number;
  readonly status: Status;
  readonly items: readonly PushedItem[];
  /** When the case was submitted, in epoch milliseconds. */
  readonly submission?: { readonly first: number; readonly last: number };
  readonly decision?: DecisionRecord;
  /** The case as it was before its last change, for who reads late; none: it was not there. */
  readonly previous?: Omit<Merchant, 'previous'>;
}

export interface PushedItem {
  readonly pageId: string;
  readonly pageType: PageType;
  readonly widgetName: string;
  readonly data: { readonly [variable: string]: string };
}

export interface DecisionRecord {
  readonly actionBy: string;
  readonly actionTime: number;
  readonly reason: string;
  readonly instructions: string;
}

/** Counts one more of a kind. */
export function nextOrdinal(
  state: State,
  kind: EntityKind,
): { readonly ordinal: number; readonly state: State } {
  const ordinal = state.ordinals[kind] + 1;
  return { ordinal, state: { ...state, ordinals: { ...state.ordinals, [kind]: ordinal } } };
}

/** A partner, an administrator, or, where anyone may call, nobody in particular. */
export type Caller = Partner | 'administrator' | 'anyone';
