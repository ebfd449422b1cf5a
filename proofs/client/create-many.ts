import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { type OperationResult, OutcomeUnknownError, PartnerError } from '../../packages/client/src/index.ts';
import { customer, startWork } from '../../packages/client/test/support/partner-at-work.ts';
import { createUnreliableFetch } from './unreliable-fetch.ts';

type End = 'created' | 'unknown' | 'failed';

export type Tally = Awaited<ReturnType<typeof createMany>>;

const concurrentCalls = 50;

/**
 * Creates merchants over a network that loses responses, each with one call, and counts what the provider then has.
 *
 * @param withRecords - Whether the client can look merchants up in records, as callbacks would fill them.
 */
export async function createMany(creates: number, seed: number, withRecords: boolean) {
  const sandbox = createSandbox({ seed });
  const records = new Map<string, OperationResult<'createMerchant'>>();
  const { fetch, lost } = createUnreliableFetch(
    sandbox.fetch,
    seededRandom(seed),
    ({ url }) => url.endsWith('/createMerchant'),
    async (response) => {
      const merchant = (await response.json()) as OperationResult<'createMerchant'>;
      if (response.ok) records.set(String(merchant.signzyAppId), merchant);
    },
  );
  const findMerchant = async (reference: string) => records.get(reference);
  const { partner } = await startWork(sandbox, {
    fetch,
    findMerchant: withRecords ? findMerchant : undefined,
    // In ten thousand calls, three refused connections in a row are likely. A run of eight is not, with any seed.
    retry: { maxAttempts: 8 },
  });

  const ends = new Map<string, End>();
  const references = Array.from({ length: creates }, (_, ordinal) => `EXAMPLE-${ordinal}`);
  const queue = references.values();
  const work = async () => {
    for (const signzyAppId of queue)
      ends.set(signzyAppId, await endOf(partner.createMerchant({ ...customer, signzyAppId })));
  };
  await Promise.all(Array.from({ length: concurrentCalls }, work));
  return { lost, ...count(sandbox, references, ends) };
}

async function endOf(call: Promise<unknown>): Promise<End> {
  try {
    await call;
    return 'created';
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return 'unknown';
    if (error instanceof PartnerError) return 'failed';
    throw error;
  }
}

function count(sandbox: Sandbox, references: readonly string[], endOfCall: ReadonlyMap<string, End>) {
  const merchants = Object.values(sandbox.snapshot().merchants).map(({ customer }) => customer.signzyAppId);
  const existing = new Set(merchants);
  const ends = { created: 0, unknown: 0, failed: 0 };
  for (const end of endOfCall.values()) ends[end] += 1;
  return {
    /** Number of calls with each end. */
    ends,
    /** Merchants beyond the first with the same reference. */
    duplicates: merchants.length - existing.size,
    /** Merchants whose call ended as `failed`: nobody would look for them. */
    silent: [...existing].filter((reference) => endOfCall.get(reference) === 'failed').length,
    /** References without a merchant. */
    missing: references.filter((reference) => !existing.has(reference)).length,
  };
}
