import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { type OperationResult, OutcomeUnknownError, PartnerError } from '../../packages/client/src/index.ts';
import { customer, startWork } from '../../packages/client/test/support/partner-at-work.ts';
import { unreliableFetch } from './unreliable-fetch.ts';

export interface Tally {
  readonly creates: number;
  /** How the calls ended, by the word for it. */
  readonly ends: { created: number; unknown: number; refused: number };
  /** Answers that were lost after the merchant was stored, and requests that never left. */
  readonly lost: { answers: number; requests: number };
  /** References that the provider has more than one merchant of. */
  readonly doubled: number;
  /** Merchants whose call did not end as `created`, nor as `unknown`: nobody would ever look for them. */
  readonly silent: number;
  /** References without a merchant. */
  readonly missing: number;
}

const atATime = 50;

/**
 * Creates merchants, each once, over a network that loses answers, and then counts what the provider has.
 *
 * @param withRecords - Whether the client may ask for merchants by reference, in records that callbacks would fill.
 */
export async function createMany(creates: number, seed: number, withRecords: boolean): Promise<Tally> {
  const sandbox = createSandbox({ seed });
  const records = new Map<string, OperationResult<'createMerchant'>>();
  const network = unreliableFetch(
    sandbox.fetch,
    seededRandom(seed),
    ({ url }) => url.endsWith('/createMerchant'),
    async (answer) => {
      const merchant = (await answer.json()) as OperationResult<'createMerchant'>;
      if (answer.ok) records.set(String(merchant.signzyAppId), merchant);
    },
  );
  const findMerchant = async (reference: string) => records.get(reference);
  const { partner } = await startWork(sandbox, {
    ...{ fetch: network.fetch, findMerchant: withRecords ? findMerchant : undefined },
    // In ten thousand calls, three refused connections in a row are to be expected, and five are not.
    retry: { maxAttempts: 5 },
  });

  const ends = new Map<string, keyof Tally['ends']>();
  const references = Array.from({ length: creates }, (_, ordinal) => `EXAMPLE-${ordinal}`);
  const queue = references.values();
  const work = async () => {
    for (const signzyAppId of queue)
      ends.set(signzyAppId, await endOf(partner.createMerchant({ ...customer, signzyAppId })));
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return { creates, lost: network.lost(), ...count(sandbox, references, ends) };
}

async function endOf(call: Promise<unknown>): Promise<keyof Tally['ends']> {
  try {
    await call;
    return 'created';
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return 'unknown';
    if (error instanceof PartnerError) return 'refused';
    throw error;
  }
}

function count(
  sandbox: Sandbox,
  references: readonly string[],
  endsOf: ReadonlyMap<string, keyof Tally['ends']>,
) {
  const merchants = Object.values(sandbox.snapshot().merchants).map(({ customer }) => customer.signzyAppId);
  const existing = new Set(merchants);
  const ends = { created: 0, unknown: 0, refused: 0 };
  for (const end of endsOf.values()) ends[end] += 1;
  return {
    ends,
    doubled: merchants.length - existing.size,
    silent: [...existing].filter((reference) => endsOf.get(reference) === 'refused').length,
    missing: references.filter((reference) => !existing.has(reference)).length,
  };
}
