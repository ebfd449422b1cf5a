import { setTimeout as sleep } from 'node:timers/promises';
import { createPartnerClient } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';
import { confirmRoute } from '../../../packages/callback-server/src/callback/confirmation.ts';
import {
  confirmDelaysMs,
  createConfirmRoute,
} from '../../../packages/callback-server/src/confirm/create-confirm-route.ts';
import { createPulls, type Pulls } from '../../../packages/callback-server/src/confirm/create-pulls.ts';
import { createDispatcher } from '../../../packages/callback-server/src/dispatch/create-dispatcher.ts';
import { leaveOutOvertaken } from '../../../packages/callback-server/src/dispatch/leave-out-overtaken.ts';
import type { Route } from '../../../packages/callback-server/src/dispatch/route.ts';
import { createReconciler } from '../../../packages/callback-server/src/reconcile/create-reconciler.ts';
import { createExpectDelivered } from '../../../packages/callback-server/src/reconcile/expect-delivered.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import { breakProvider, maxInMinute, simulationStart } from '../confirmations/break-provider.ts';
import { callbackOfPost, createMerchants, type Post } from '../confirmations/life-of-merchants.ts';
import { withSeededTime } from '../confirmations/with-seeded-time.ts';
import { createModelStore, type ModelStore } from '../simulations/model-store.ts';
import { createModelMerchants } from './model-merchants.ts';
import type { ReconcilePlan } from './reconcile-plans.ts';
import { type Delivered, type ReconcileResult, resultOf } from './reconcile-result.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const agreeMs = 15 * minute;

/** Runs the real confirmation and reconciliation against the sandbox, with a clock that does not wait. */
export function runReconcileSimulation(plan: ReconcilePlan): Promise<ReconcileResult> {
  return withSeededTime(plan.seed, (random) => simulate(plan, random));
}

async function simulate(plan: ReconcilePlan, random: () => number): Promise<ReconcileResult> {
  const { isReconciled = true, leavesOutRepeats = true, pullsPerMinute } = plan;
  const life = await createMerchants({
    ...plan,
    outageHour: undefined,
    shareForged: 0.05,
    random,
    now: Date.now,
  });
  const requestTimes = breakProvider(plan, life, random);
  const pulls = createPulls(clientOf(life.credentials), pullsPerMinute, () => {});
  const store = createModelStore(false, minute);
  const opened = store.open('server') as CallbackStore;
  const merchants = createModelMerchants(store);
  const delivered: Delivered[] = [];
  const handler = createExpectDelivered(merchants, hour)(handlerOf(delivered));
  const routes = [
    confirmRouteOf(plan, pulls, store),
    leavesOutRepeats ? leaveOutOvertaken(handler, merchants.historyOf) : handler,
  ];
  const dispatcher = createDispatcher(routes, {
    store: opened,
    onAttempt: () => {},
    onConfirmed: (_, found) => dispatcher.wake(found.routes),
    onFault,
  });
  const reconciler = createReconciler({
    holdLease: async () => true,
    merchants,
    pulls,
    concurrency: 10,
    pullTimeoutMs: 30 * second,
    agreeMs,
    reconcileMs: hour,
    unverifiableMs: 24 * hour,
    routesOf: () => ['handler'],
    onRecovered: (_, _event, names) => dispatcher.wake(names),
    onFault,
  });
  const { realmId } = requests.createMerchant.customer;
  const expected = life.merchantIds.map((merchantId) => ({ merchantId, realmId }));
  await merchants.expect(expected, true, hour);
  if (isReconciled) reconciler.wake();
  const posts = await play(plan, life.advance, random, async (post) => {
    await opened.keep(callbackOfPost(post), [confirmRoute]);
    dispatcher.wake();
  });
  await Promise.all([dispatcher.stop(), reconciler.stop()]);
  const inQuarantine = store
    .states()
    .filter(({ route, state }) => route === confirmRoute && state === 'dead')
    .map(({ body }) => Buffer.from(body).toString());
  const statusOf = (id: string) => life.sandbox.backOffice.find(id)?.status;
  const found = { posts, delivered, inQuarantine, statusOf, merchantIds: life.merchantIds };
  return resultOf(plan, found, requestTimes.length, maxInMinute(requestTimes));
}

function onFault(error: unknown): never {
  throw error;
}

/** Lets time pass, and passes on the posts that arrive. Returns every post, also the lost posts. */
async function play(
  { hours, shareDropped }: ReconcilePlan,
  advance: () => Post[],
  random: () => number,
  receive: (post: Post) => Promise<void>,
): Promise<readonly Post[]> {
  const posts: Post[] = [];
  const late: { readonly post: Post; readonly at: number }[] = [];
  // The last reversal comes two hours after the last decision. Then the next check of each merchant has to come.
  while (Date.now() < simulationStart + (hours + 7) * hour) {
    for (const post of advance()) {
      posts.push(post);
      if (post.isForged || random() >= shareDropped) await receive(post);
      else if (random() < 1 / 3) late.push({ post, at: Date.now() + random() * 4 * hour });
    }
    for (const each of late.filter(({ at }) => at <= Date.now())) {
      late.splice(late.indexOf(each), 1);
      await receive({ ...each.post, at: Date.now() });
    }
    await sleep(second);
  }
  return posts;
}

function clientOf(credentials: { readonly username: string; readonly password: string }) {
  const url = 'https://provider.test';
  return (fetch: (request: Request) => Promise<Response>) =>
    createPartnerClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials, fetch });
}

function confirmRouteOf({ pullsPerMinute }: ReconcilePlan, pulls: Pulls, { historyOf }: ModelStore): Route {
  return createConfirmRoute({
    pulls,
    isActive: true,
    pullsPerMinute,
    delaysMs: confirmDelaysMs,
    attemptTimeoutMs: 30 * second,
    routesOf: () => ['handler'],
    isConfirmed: () => true,
    historyOf: async (merchantId) => historyOf(merchantId),
    agreeMs,
    unconfirmed: 'wait',
    unconfirmedAfterMs: hour,
  });
}

function handlerOf(delivered: Delivered[]): Route {
  return {
    name: 'handler',
    takesEvent: () => true,
    isActive: () => true,
    concurrency: 64,
    attemptTimeoutMs: 30 * second,
    delaysMs: [second],
    deliver: async ({ body, event, orderKey, confirmation }) => {
      const isRecovered = confirmation === 'recovered';
      delivered.push({
        merchantId: orderKey,
        event,
        isRecovered,
        at: Date.now(),
        body: Buffer.from(body).toString(),
      });
      return undefined;
    },
  };
}
