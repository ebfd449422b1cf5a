import { setTimeout as sleep } from 'node:timers/promises';
import { createPartnerClient } from '@partner-ecosystem/client';
import { confirmRoute } from '../../../packages/callback-server/src/callback/confirmation.ts';
import {
  confirmDelaysMs,
  createConfirmRoute,
} from '../../../packages/callback-server/src/confirm/create-confirm-route.ts';
import { createPulls } from '../../../packages/callback-server/src/confirm/create-pulls.ts';
import { createDispatcher } from '../../../packages/callback-server/src/dispatch/create-dispatcher.ts';
import type { Route } from '../../../packages/callback-server/src/dispatch/route.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import { createModelStore, type ModelStore } from '../simulations/model-store.ts';
import {
  breakProvider,
  maxInMinute,
  type ProviderFaults,
  simulationStart as start,
} from './break-provider.ts';
import { callbackOfPost, createMerchants, isInHour, type Merchants, type Post } from './life-of-merchants.ts';
import { withSeededTime } from './with-seeded-time.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

export interface ConfirmPlan extends ProviderFaults {
  readonly seed: number;
  readonly merchants: number;
  readonly hours: number;
  readonly pullsPerMinute: number;
  /** Whether callbacks are confirmed. If not, the simulation must find that forged callbacks are delivered. @default true */
  readonly isConfirmed?: boolean;
  /** Milliseconds for which a callback and a pull may disagree before the quarantine. @default 15 minutes */
  readonly agreeMs?: number;
}

/** What a simulation found. */
export interface ConfirmResult {
  readonly posted: number;
  readonly forged: number;
  readonly delivered: number;
  readonly quarantined: number;
  /** True decisions that were reversed before a pull could show them. */
  readonly overtaken: number;
  readonly requests: number;
  readonly maxRequestsInMinute: number;
  /** Longest time from a true callback to its delivery. */
  readonly maxDelayMs: number;
  /** Promises that were broken, in words. */
  readonly broken: readonly string[];
}

/** Runs the real confirmation against the sandbox, with a clock that does not wait. */
export function runConfirmSimulation(plan: ConfirmPlan): Promise<ConfirmResult> {
  return withSeededTime(plan.seed, (random) => simulate(plan, random));
}

async function simulate(plan: ConfirmPlan, random: () => number): Promise<ConfirmResult> {
  const merchants = await createMerchants({ ...plan, shareForged: 0.05, random, now: Date.now });
  const requestTimes = breakProvider(plan, merchants, random);
  const store = createModelStore(false, minute);
  const delivered = new Map<string, number>();
  const opened = store.open('server');
  const dispatcher = createDispatcher(routesOf(plan, merchants, store, delivered), {
    store: opened as CallbackStore,
    onAttempt: () => {},
    onConfirmed: (_, { routes }) => dispatcher.wake(routes),
    onFault: (error) => {
      throw error;
    },
  });
  const posts: Post[] = [];
  // The last reversal comes two hours after the last decision, and then each callback has two hours to be confirmed.
  while (Date.now() < start + (plan.hours + 4) * hour) {
    for (const post of merchants.advance()) {
      posts.push(post);
      await opened.keep(callbackOfPost(post), [confirmRoute]);
    }
    dispatcher.wake();
    await sleep(second);
  }
  await dispatcher.stop();
  const states = new Map(
    store.states().map(({ body, route, state }) => [`${route} ${Buffer.from(body).toString()}`, state]),
  );
  return resultOf(plan, posts, delivered, states, requestTimes);
}

function routesOf(
  { pullsPerMinute, isConfirmed = true, agreeMs = 15 * minute }: ConfirmPlan,
  { credentials }: Merchants,
  { historyOf }: ModelStore,
  delivered: Map<string, number>,
): Route[] {
  const url = 'https://provider.test';
  const pulls = createPulls(
    (fetch) => createPartnerClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials, fetch }),
    pullsPerMinute,
    () => {},
  );
  const confirm = createConfirmRoute({
    pulls,
    isActive: true,
    pullsPerMinute,
    delaysMs: confirmDelaysMs,
    attemptTimeoutMs: 30 * second,
    routesOf: () => ['handler'],
    isConfirmed: () => isConfirmed,
    historyOf: async (merchantId) => historyOf(merchantId),
    agreeMs,
    unconfirmed: 'wait',
    unconfirmedAfterMs: hour,
  });
  const handler: Route = {
    name: 'handler',
    takesEvent: () => true,
    isActive: () => true,
    concurrency: 64,
    attemptTimeoutMs: 30 * second,
    delaysMs: [second],
    deliver: async ({ body }) => {
      delivered.set(Buffer.from(body).toString(), Date.now());
      return undefined;
    },
  };
  return [confirm, handler];
}

function resultOf(
  { pullsPerMinute, maxStaleMs, outageHour, agreeMs = 15 * minute }: ConfirmPlan,
  posts: readonly Post[],
  delivered: ReadonlyMap<string, number>,
  states: ReadonlyMap<string, string>,
  requestTimes: readonly number[],
): ConfirmResult {
  const broken: string[] = [];
  let maxDelayMs = 0;
  // Pulls are repeated every three minutes, and an attempt may take half a minute more.
  const maxWaitMs = maxStaleMs + 10 * minute + (outageHour === undefined ? 0 : hour);
  /** Whether no pull could show a decision, because it was reversed in the outage. */
  const isHidden = (post: Post) =>
    isInHour(outageHour, post.at) && reversalsOf(post, posts).some(({ at }) => isInHour(outageHour, at));
  for (const post of posts) {
    const { body, isForged, event, at, merchantId } = post;
    const [state, deliveredAt] = [states.get(`${confirmRoute} ${body}`), delivered.get(body)];
    const what = `the ${isForged ? 'forged' : 'true'} ${event} of ${merchantId}`;
    if (isForged && (state !== 'dead' || deliveredAt !== undefined)) broken.push(`${what} is ${state}`);
    if (isForged) continue;
    if (isHidden(post)) {
      if (state !== 'overtaken' || deliveredAt !== undefined) broken.push(`${what}, reversed, is ${state}`);
      continue;
    }
    if (state !== 'taken' || deliveredAt === undefined) broken.push(`${what} is ${state}`);
    const delayMs = (deliveredAt ?? Number.POSITIVE_INFINITY) - at;
    // A callback behind a hidden decision waits until the hidden decision is given up.
    const isHeldUp = posts.some((each) => reversalsOf(each, [post]).length > 0 && isHidden(each));
    if (delayMs > maxWaitMs + (isHeldUp ? agreeMs : 0)) broken.push(`${what} took ${delayMs} ms`);
    maxDelayMs = Math.max(maxDelayMs, delayMs);
  }
  const maxRequestsInMinute = maxInMinute(requestTimes);
  if (maxRequestsInMinute > pullsPerMinute) broken.push(`a minute has ${maxRequestsInMinute} requests`);
  return {
    posted: posts.length,
    forged: posts.filter(({ isForged }) => isForged).length,
    delivered: delivered.size,
    quarantined: [...states].filter(([key, state]) => key.startsWith(confirmRoute) && state === 'dead')
      .length,
    overtaken: [...states.values()].filter((state) => state === 'overtaken').length,
    requests: requestTimes.length,
    maxRequestsInMinute,
    maxDelayMs,
    broken,
  };
}

/** The later true decisions of a post's merchant. */
function reversalsOf({ merchantId, at }: Post, posts: readonly Post[]): Post[] {
  return posts.filter((each) => each.merchantId === merchantId && !each.isForged && each.at > at);
}
