import type { components } from '@partner-ecosystem/openapi/schema';
import { applyPolicy } from '../back-office/apply-policy.ts';
import { decideCase } from '../back-office/decide.ts';
import { queueCallback } from '../callbacks/queue-callback.ts';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { moves } from '../model/case-status.ts';
import type { Change } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Flow, Merchant, Page, PushedItem, State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { usableFlow } from '../records/links.ts';
import { movedFrom, scheduleDecision, withMerchant } from '../records/merchants.ts';
import {
  authorizationRequired,
  fail,
  invalidStatus,
  merchantNotFound,
  succeed,
  validationError,
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
    const pushed = submitted({ ...merchant, status }, withPages(flow, data), env);
    return succeed({ result: {} }, submit(withMerchant(state, pushed), merchant, pushed, env));
  },
};

/** Queues the callback of a case that becomes pending by a push, and applies the policy. */
function submit(state: State, before: Merchant, pushed: Merchant, env: Env): Change {
  const moved = movedFrom(before, 'push', pushed, 'partner');
  if (before.status === 'pending') return { state, effects: [moved] };
  const { state: queued, effects } = queueCallback(state, pushed, env);
  const policyDecision = applyPolicy(queued.policy, pushed, env);
  if (!policyDecision) return { state: queued, effects: [moved, ...effects] };
  const next =
    policyDecision.dueAt > env.now
      ? scheduleDecision(queued, policyDecision)
      : decideCase(queued, pushed, policyDecision, env);
  return { state: next.state, effects: [moved, ...effects, ...next.effects] };
}

function caseMismatches(merchant: Merchant, realmId: string, flowId: string): FieldProblem[] {
  const fields = { realmId: merchant.realm.id === realmId, flowId: merchant.flow.id === flowId };
  return Object.entries(fields)
    .filter(([, agrees]) => !agrees)
    .map(([field]) => ({ field, code: 'inclusion', message: 'is not that of the merchant' }));
}

function itemProblems(flow: Flow, data: readonly Item[]): FieldProblem[] {
  const keys = data.map(keyOf);
  return data.flatMap((item, index) => {
    const page = pageOf(flow, item);
    if (!page)
      return [{ field: `data.${index}.pageId`, code: 'inclusion', message: 'is not a page of the flow' }];
    const field = `data.${index}.widgetName`;
    if (!page.widgets.some(({ name }) => name === item.widgetName))
      return [{ field, code: 'inclusion', message: 'is not a widget of the page' }];
    if (keys.indexOf(keyOf(item)) < index)
      return [{ field, code: 'uniqueness', message: 'comes twice on one page' }];
    return [];
  });
}

function withPages(flow: Flow, data: readonly Item[]): PushedItem[] {
  return data.map((item) => ({ ...item, pageType: pageOf(flow, item)?.type ?? 'Data&Document' }));
}

function pageOf(flow: Flow, { pageId }: Item): Page | undefined {
  return flow.pages.find(({ id }) => id === pageId);
}

/** An item replaces an earlier item for the same page and widget. */
function submitted(merchant: Merchant, items: readonly PushedItem[], { now }: Env): Merchant {
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
