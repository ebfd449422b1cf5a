import type { CallbackRecord, SettledAttempt } from '../../src/store/engine/records.ts';
import type { CallbackEngine, DeliveryEngine, MerchantEngine } from '../../src/store/engine/store-engine.ts';

/** Numbers of callbacks in a table to test with. `npm run plans` tests with a million. */
export const backlogs: readonly number[] = (process.env['WAITING'] ?? '1,20000').split(',').map(Number);

/** Number of callbacks that one call stores, claims or settles here. */
export const batch = 64;

/** Limits of what a call may read in all. They depend on the callbacks of the call, not on the backlog. */
export const maxRead = { pages: 68 * batch, rows: 16 * batch };

/** Of every ten merchants, one waits for a retry that is due, and one for a retry that is not due. */
export function retryStatements(future: string): string {
  return `
    UPDATE lines SET attempts = 1 WHERE order_key LIKE '%7';
    UPDATE lines SET attempts = 1, next_at = ${future}, deferred_at = ${future} WHERE order_key LIKE '%8';`;
}

/** An engine whose methods may be synchronous. */
type Either<Engine> = {
  [Name in keyof Engine]: Engine[Name] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Value | Promise<Value>
    : never;
};

/** The methods that run again and again while callbacks arrive and are delivered. */
export type HotEngine = Either<
  DeliveryEngine & Pick<CallbackEngine, 'keep'> & Pick<MerchantEngine, 'merchantHistories'>
>;

const route = 'handler';

/** Merchants with one callback each. A small backlog does not have these merchants. */
const ofOthers = Array.from({ length: batch }, (_, index) => `merchant ${10_000 + index}`);

/** Makes a call, and notes what it reads. */
export type Measure = (name: string, call: () => unknown) => Promise<void>;

/**
 * The calls of the hot path, each with the calls that it needs before. Run each in its own transaction, and roll it back.
 *
 * @param next - The engine of a server that starts after this one has ended.
 */
export function hotCalls(
  engine: HotEngine,
  measure: Measure,
  next: HotEngine = engine,
): readonly (() => Promise<void>)[] {
  const claim = (fresh: number, retries: number) => engine.claim(route, { fresh, retries }, 'token');
  const settle = async (state: SettledAttempt['state'], fresh: number, retries: number) => {
    const claims = await claim(fresh, retries);
    const attempts = claims.map(({ orderKey, token, callback }) => {
      const outcome = state === 'taken' ? 'taken' : 'failed';
      return { orderKey, token, callback, state, delayMs: 1000, outcome };
    });
    await measure(`settle as ${state}`, () => engine.settle(route, attempts));
  };
  return [
    () => measure('keep', () => keepAll(engine)),
    () =>
      measure('histories', () => engine.merchantHistories(ofOthers.map((merchant) => ({ merchant, route })))),
    () =>
      measure('history of the busy merchant', () => engine.merchantHistories([{ merchant: 'busy', route }])),
    () => measure('claim fresh', () => claim(batch, 0)),
    () => measure('claim retries', () => claim(0, batch)),
    () => settle('taken', batch, 0),
    () => settle('due', batch, batch),
    async () => {
      const claims = await claim(batch, 0);
      const attempts = claims.map(({ orderKey, token, callback }) => ({
        orderKey,
        token,
        callback,
        state: 'taken' as const,
        delayMs: 0,
        outcome: 'taken',
        confirmation: 'confirmed' as const,
        pulled: null,
        targets: [{ route: 'other', orderKey }],
      }));
      await measure('settle confirmed', () => engine.settleConfirmed(route, attempts, ['other']));
    },
    () => measure('next due', () => engine.nextDueIn(route, 5000)),
    () => measure('release', () => engine.releaseDeferred(route, batch)),
    () => measure('correct due times', () => engine.correctDueTimes(route, batch)),
    async () => {
      await claim(batch, 0);
      await measure('reclaim', () => next.reclaimExpired(route, 'another token'));
    },
  ];
}

/** Stores callbacks of new merchants, of the busy merchant, and of merchants whose callbacks wait. */
async function keepAll(engine: HotEngine): Promise<void> {
  const merchants = Array.from(
    { length: batch },
    (_, index) => ['busy', `merchant ${index}`, `new ${index}`][index % 3],
  );
  await Promise.all(merchants.map((merchant = '', index) => engine.keep(record(merchant, index))));
}

function record(merchant: string, number: number): CallbackRecord {
  const bytes = Buffer.from(`new callback ${number}`);
  return {
    id: bytes.toString(),
    dedupHash: bytes,
    event: 'accept',
    merchant,
    caseReference: bytes,
    orderKey: merchant,
    verdict: 'valid',
    details: bytes,
    body: bytes,
    bodyBytes: bytes.byteLength,
    bodyHash: bytes,
    dataKey: null,
    receivedAt: new Date(),
    sender: bytes,
    targets: [{ route, orderKey: merchant }],
    passage: number % 2 === 0 ? 'direct' : 'in-order',
    drift: [],
  };
}
