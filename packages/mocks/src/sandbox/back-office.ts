import { assertPolicy } from '../core/back-office/assert-policy.ts';
import { assertFilter, assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import { type BackOfficeDecision, moves, type Status } from '../core/model/case-status.ts';
import type { DecisionDetails } from '../core/model/command.ts';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import { type Listing, type ListQuery, listingOf } from '../core/model/listing.ts';
import type { CallbackUrls, Merchant } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import { linkOf } from '../core/records/links.ts';
import { type AddedPartner, addPartner, type Credentials } from './add-partner.ts';
import { addSampleCases } from './add-sample-cases.ts';
import type { Machine } from './machine.ts';

/** Selects the cases whose properties equal the properties of the filter. */
export interface CaseFilter {
  readonly status?: Status;
  readonly distributorId?: string;
  readonly flowId?: string;
  /** A part of the case's id, or of the partner's reference (`signzyAppId`). Upper and lower case are equal. */
  readonly search?: string;
}

/** Decides cases as an auditor does. Each decision throws a `BackOfficeError` for an unknown merchant or a wrong status. */
export interface BackOffice {
  /**
   * Adds a partner that may use every flow of the realm. A client takes its `credentials`.
   *
   * @param credentials - A new user name and a password by default. The seed determines the user name.
   * @throws OptionError for invalid credentials, and for a username that a partner has.
   * @throws BackOfficeError if a fault or an override stops one of the three requests that add the partner.
   */
  readonly addPartner: (credentials?: Credentials) => AddedPartner;
  /**
   * Creates pending cases of a new partner, 1 by default, with the data of the contract's examples. Returns the ids of the
   * merchants.
   * The callbacks go to the callback URLs of the partner that was linked last, among the partners with callback URLs.
   *
   * @throws BackOfficeError if a fault or an override stops a request.
   */
  readonly addSampleCases: (number?: number) => readonly string[];
  /** Accepts a case that is pending or rejected. */
  readonly accept: (merchantId: string, details?: DecisionDetails) => void;
  /** Rejects a case that is pending or accepted. */
  readonly reject: (merchantId: string, details?: DecisionDetails) => void;
  /** Sends a pending case back to the merchant as a draft. */
  readonly askForMore: (merchantId: string, details?: DecisionDetails) => void;
  /** Reverses a decision: rejects an accepted case, or accepts a rejected case. */
  readonly reverse: (merchantId: string, details?: DecisionDetails) => void;
  /** Returns every case, oldest first. */
  readonly cases: () => readonly Merchant[];
  /**
   * Returns a part of the cases that match a filter.
   *
   * @throws RangeError if there is no case with the id `after`.
   */
  readonly list: (query?: CaseFilter & ListQuery) => Listing<Merchant>;
  /** Returns one case, or `undefined` for an unknown id. */
  readonly find: (merchantId: string) => Merchant | undefined;
  /** Returns the URLs that the partner of a case registered for its flow, by event. */
  readonly callbackUrls: (merchantId: string) => CallbackUrls;
  /** Returns the policy for cases that become pending from now on. */
  readonly policy: () => DecisionPolicy;
  /**
   * Sets the policy for cases that become pending from now on.
   *
   * @throws OptionError for a misspelt policy, and RangeError for an invalid duration.
   */
  readonly setPolicy: (policy: DecisionPolicy) => void;
}

export function createBackOffice(machine: Machine): BackOffice {
  const { run, state } = machine;
  const decide =
    (decision: BackOfficeDecision | 'reverse') =>
    (merchantId: string, details: DecisionDetails = {}) => {
      assertDetails(details);
      run({ kind: 'decide', merchantId, decision, details });
    };
  return {
    addPartner: (credentials) => addPartner(machine, credentials),
    addSampleCases: (number = 1) => {
      if (!Number.isInteger(number) || number < 0)
        throw new OptionError('The number of sample cases must be a whole number, 0 or more.');
      return addSampleCases(machine, number);
    },
    accept: decide('accept'),
    reject: decide('reject'),
    askForMore: decide('draft'),
    reverse: decide('reverse'),
    cases: () => structuredClone(rows(state().merchants)),
    list: (query = {}) => {
      assertOptions('backOffice.list', query, [...Object.keys(filterTypes), 'limit', 'after', 'order']);
      const { limit: _, after: __, order: ___, ...filter } = query;
      assertFilter('backOffice.list', filter, filterTypes);
      assertWord('status', query.status, Object.keys(moves));
      const matches = (merchant: Merchant) => isSelected(merchant, query);
      return structuredClone(listingOf(rows(state().merchants), matches, query));
    },
    find: (merchantId) => structuredClone(find(state().merchants, merchantId)),
    callbackUrls: (merchantId) => {
      const merchant = find(state().merchants, merchantId);
      const link = merchant && linkOf(state(), merchant.distributorId, merchant.realm.id);
      return structuredClone((merchant && link?.callbackUrls[merchant.flow.id]) ?? {});
    },
    policy: () => structuredClone(state().policy),
    setPolicy: (policy) => {
      assertPolicy(policy);
      run({ kind: 'set-policy', policy: structuredClone(policy) });
    },
  };
}

function assertDetails(details: DecisionDetails): void {
  assertOptions('The details of a decision', details, ['actionBy', 'reason', 'instructions']);
  for (const [name, text] of Object.entries(details))
    if (text !== undefined && typeof text !== 'string')
      throw new OptionError(`The ${name} of a decision must be text.`);
}

const filterTypes = {
  status: 'string',
  distributorId: 'string',
  flowId: 'string',
  search: 'string',
} as const satisfies { readonly [Name in keyof CaseFilter]: string };

function isSelected({ id, status, distributorId, flow, customer }: Merchant, filter: CaseFilter): boolean {
  const { search = '', flowId = flow.id } = filter;
  if (status !== (filter.status ?? status) || distributorId !== (filter.distributorId ?? distributorId))
    return false;
  const text = search.toLowerCase();
  return (
    flow.id === flowId && [id, customer.signzyAppId].some((each) => `${each}`.toLowerCase().includes(text))
  );
}
