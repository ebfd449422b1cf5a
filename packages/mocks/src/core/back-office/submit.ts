import { queueCallback } from '../callbacks/queue-callback.ts';
import type { Change } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Merchant, State } from '../model/state.ts';
import { movedFrom, scheduleDecision } from '../records/merchants.ts';
import { applyPolicy } from './apply-policy.ts';
import { decideCase } from './decide.ts';

/** Queues the callback of a case that becomes pending by a push, and applies the policy. */
export function submit(state: State, before: Merchant, pushed: Merchant, env: Env): Change {
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
