import type { components } from '@partner-ecosystem/openapi/schema';
import { submit } from '../back-office/submit.ts';
import { violationsOf } from '../contract/enforce-contract.ts';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { successStatus } from '../contract/success-status.ts';
import { pointerNames } from '../json/json-value.ts';
import { moves } from '../model/case-status.ts';
import type { Change } from '../model/command.ts';
import { millisecondsIn, timeAfter } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Flow, Merchant, Page, PushedItem, State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { pullDocument } from '../records/case-documents.ts';
import { isExpiredFile } from '../records/files.ts';
import { usableFlow } from '../records/links.ts';
import { scheduleDecision, withMerchant } from '../records/merchants.ts';
import {
  authorizationRequired,
  fail,
  invalidStatus,
  merchantNotFound,
  succeed,
  validationError,
  warningsOf,
} from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

type Item = components['schemas']['PushMerchantItem'];

/** Submits a new case or a draft. While the case is pending, another push adds items or replaces them. */
export const pushMerchant: OperationHandler<'pushMerchant'> = {
  model: 'merchant',
  handle({ body, caller }, state, env) {
    const { realmId, flowId, merchantId, data } = body;
    const usable = usableFlow(state, caller.id, body);
    if (!usable) return fail(authorizationRequired);
    const { flow } = usable;
    const merchant = find(state.merchants, merchantId);
    if (!merchant) return fail(merchantNotFound);
    if (merchant.distributorId !== caller.id) return fail(authorizationRequired);
    const mismatches = caseMismatches(merchant, realmId, flowId);
    const problems = [...mismatches, ...itemProblems(flow, data)];
    if (problems.length > 0)
      return fail(
        validationError('merchant', problems, mismatches.length > 0 ? 'caseMismatch' : 'itemMismatch'),
      );
    const status = moves[merchant.status].push;
    if (!status) return fail(invalidStatus);
    const repeated = env.requests === 'off' ? [] : repeatedWidgets(data);
    if (repeated.length > 0 && env.requests === 'expected')
      return fail(validationError('merchant', repeated, 'repeatedWidget'));
    const expired = expiredFiles(state, data, env);
    if (expired.length > 0 && env.expiredFiles === 'refuse')
      return fail(validationError('merchant', expired, 'expiredFile'));
    const isLate = merchant.status !== 'pending' && millisecondsIn(env.pendingAfter) > 0;
    const next = { ...merchant, status: isLate ? merchant.status : status };
    const pushed = withItems(next, withPages(flow, data), env);
    const unpullable = unpullableValues(pushed, data, env);
    if (unpullable.length > 0) return fail(validationError('merchant', unpullable, 'itemMismatch'));
    const stored = withMerchant(state, pushed);
    const change = isLate ? submitLater(stored, merchant.id, env) : submit(stored, merchant, pushed, env);
    return succeed({ result: {} }, change, warningsOf([...repeated, ...expired]));
  },
};

function submitLater(state: State, merchantId: string, env: Env): Change {
  const dueAt = timeAfter(env.now, env.pendingAfter);
  const texts = { reason: '', instructions: '' };
  return scheduleDecision(state, { merchantId, decision: 'submit', ...texts, dueAt, by: 'partner' });
}

/** The pushed addresses of files that this sandbox has stored, and that have expired. The provider could not fetch them. */
function expiredFiles(state: State, data: readonly Item[], env: Env): FieldProblem[] {
  return data.flatMap((item, index) =>
    Object.entries(item.data)
      .filter(([, value]) => typeof value === 'string' && isExpiredFile(state, value, env))
      .map(([name]) => ({
        field: `data.${index}.data.${name}`,
        code: 'custom',
        message: 'is the address of a file that has expired',
      })),
  );
}

/** A push may have values of any type, but a pull shows some variables, which have types there. */
function unpullableValues(merchant: Merchant, data: readonly Item[], { derive }: Env): FieldProblem[] {
  const document = pullDocument(merchant);
  const violations = violationsOf('pullMerchant', successStatus('pullMerchant'), document, derive);
  return violations.map(({ pointer, expected }) => {
    const names = pointerNames(pointer);
    const index = data.findIndex((item) => names.some((name) => Object.hasOwn(item.data, name)));
    const name = names.find((each) => Object.hasOwn(data[index]?.data ?? {}, each));
    return {
      field: name === undefined ? 'data' : `data.${index}.data.${name}`,
      code: 'custom',
      message: `${expected}, because a pull shows it`,
    };
  });
}

function caseMismatches(merchant: Merchant, realmId: string, flowId: string): FieldProblem[] {
  const fields = { realmId: merchant.realm.id === realmId, flowId: merchant.flow.id === flowId };
  return Object.entries(fields)
    .filter(([, agrees]) => !agrees)
    .map(([field]) => ({ field, code: 'inclusion', message: 'is not that of the merchant' }));
}

function itemProblems(flow: Flow, data: readonly Item[]): FieldProblem[] {
  return data.flatMap((item, index) => {
    const page = pageOf(flow, item);
    if (!page)
      return [{ field: `data.${index}.pageId`, code: 'inclusion', message: 'is not a page of the flow' }];
    const field = `data.${index}.widgetName`;
    if (!page.widgets.some(({ name }) => name === item.widgetName))
      return [{ field, code: 'inclusion', message: 'is not a widget of the page' }];
    return [];
  });
}

/** No page says what the provider does with a widget that comes twice. We take the last widget. */
function repeatedWidgets(data: readonly Item[]): FieldProblem[] {
  const keys = data.map(keyOf);
  return data.flatMap((item, index) =>
    keys.indexOf(keyOf(item)) < index
      ? [{ field: `data.${index}.widgetName`, code: 'uniqueness', message: 'comes twice on one page' }]
      : [],
  );
}

/** In the modes `warn` and `off`, an item can have other properties, and its data need not be an object. */
function withPages(flow: Flow, data: readonly Item[]): PushedItem[] {
  return data.map((item) => ({
    pageId: item.pageId,
    pageType: pageOf(flow, item)?.type ?? 'Data&Document',
    widgetName: item.widgetName,
    data: { ...item.data },
  }));
}

function pageOf(flow: Flow, { pageId }: Item): Page | undefined {
  return flow.pages.find(({ id }) => id === pageId);
}

/** An item replaces an earlier item for the same page and widget. */
function withItems(merchant: Merchant, items: readonly PushedItem[], { now }: Env): Merchant {
  const { decision: _, ...undecided } = merchant;
  const merged = new Map([...merchant.items, ...items].map((item) => [keyOf(item), item]));
  return {
    ...undecided,
    items: [...merged.values()],
    submission: { first: merchant.submission?.first ?? now, last: now },
  };
}

function keyOf({ pageId, widgetName }: Pick<Item, 'pageId' | 'widgetName'>): string {
  return `${pageId} ${widgetName}`;
}
