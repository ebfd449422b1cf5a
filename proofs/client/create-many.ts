import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import {
  type OperationResult,
  OutcomeUnknownError,
  PartnerError,
  type RetryOptions,
} from '../../packages/client/src/index.ts';
import { customer, startWork } from '../../packages/client/test/support/partner-at-work.ts';
import { createFatefulFetch } from './fateful-fetch.ts';
import { fates, fatesOfOwnFetch } from './fates.ts';

/** How a call ended, and the id that it resolved to. */
type End = { readonly kind: 'created'; readonly id: unknown } | { readonly kind: 'unknown' | 'failed' };

export type Tally = Awaited<ReturnType<typeof createMany>>;

export interface CreateManyOptions {
  readonly creates: number;
  readonly seed: number;
  /** Whether the client can look merchants up in records, as callbacks would fill them. */
  readonly withRecords: boolean;
  /** Whether some errors of `fetch` count as proof that the provider did not get the request. */
  readonly trustFetchErrors: boolean;
  /** Longest time after which the provider still stores, in milliseconds. */
  readonly maxLateMs: number;
  /** Must be longer than `maxLateMs`. */
  readonly maxProcessingMs: number;
  readonly timeoutMs: number;
  /** Number of calls at the same time. */
  readonly concurrency: number;
}

/** Creates merchants with a random fate for each request, and compares what calls said with what the provider has. */
export async function createMany(options: CreateManyOptions) {
  const { creates, seed, withRecords, trustFetchErrors, concurrency, ...times } = options;
  const { maxLateMs, maxProcessingMs, timeoutMs } = times;
  const sandbox = createSandbox({ seed });
  const records = new Map<string, OperationResult<'createMerchant'>>();
  const fateful = createFatefulFetch({
    provider: sandbox.fetch,
    random: seededRandom(seed),
    fates: trustFetchErrors ? fates : fatesOfOwnFetch,
    maxLateMs,
    maxProcessingMs,
    isAffected: ({ url }) => url.endsWith('/createMerchant'),
    async onStored(response) {
      const merchant = (await response.json()) as OperationResult<'createMerchant'>;
      if (response.ok) records.set(String(merchant.signzyAppId), merchant);
    },
  });
  const findMerchant = async (reference: string) => records.get(reference);
  const retry: RetryOptions = { maxAttempts: 8, maxProcessingMs, budgetMs: 3_600_000 };
  const { partner } = await startWork(sandbox, {
    fetch: fateful.fetch,
    trustFetchErrors,
    findMerchant: withRecords ? findMerchant : undefined,
    timeoutMs,
    retry,
  });

  const ends = new Map<string, End>();
  const references = Array.from({ length: creates }, (_, ordinal) => `EXAMPLE-${ordinal}`);
  const queue = references.values();
  const work = async () => {
    for (const signzyAppId of queue) {
      const signal = fateful.signalOf(signzyAppId);
      ends.set(signzyAppId, await endOf(partner.createMerchant({ ...customer, signzyAppId }, { signal })));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  await fateful.settled();
  // The promise holds for a provider that works on a request no longer than the client was told.
  for (const reference of fateful.overdue) ends.delete(reference);
  return { counts: fateful.counts, overdue: fateful.overdue.size, ...count(sandbox, ends) };
}

async function endOf(call: Promise<OperationResult<'createMerchant'>>): Promise<End> {
  try {
    return { kind: 'created', id: (await call).id };
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return { kind: 'unknown' };
    if (error instanceof PartnerError) return { kind: 'failed' };
    throw error;
  }
}

function count(sandbox: Sandbox, endOfCall: ReadonlyMap<string, End>) {
  const stored = new Map<string, string[]>();
  for (const { id, customer } of Object.values(sandbox.snapshot().merchants)) {
    const reference = String(customer.signzyAppId);
    stored.set(reference, [...(stored.get(reference) ?? []), id]);
  }
  const calls = [...endOfCall].map(([reference, end]) => ({ end, ids: stored.get(reference) ?? [] }));
  const ended = (kind: End['kind']) => calls.filter(({ end }) => end.kind === kind);
  return {
    /** Number of calls with each end. */
    ends: {
      created: ended('created').length,
      unknown: ended('unknown').length,
      failed: ended('failed').length,
    },
    /** Calls that created more than one merchant. */
    doubled: calls.filter(({ ids }) => ids.length > 1).length,
    /** Calls that resolved to a merchant that the provider does not have. */
    silent: ended('created').filter(({ end, ids }) => !ids.some((id) => 'id' in end && end.id === id)).length,
    /** Calls that failed as not carried out, although the provider has their merchant. */
    denied: ended('failed').filter(({ ids }) => ids.length > 0).length,
  };
}
