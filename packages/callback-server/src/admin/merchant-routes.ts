import { Hono, type MiddlewareHandler } from 'hono';
import type { ExpectedMerchant } from '../merchant/expected-merchant.ts';
import { readBody } from '../receiver/read-body.ts';
import { MerchantListError, parseMerchants } from '../reconcile/parse-merchants.ts';
import type { ListedMerchantState } from '../store/engine/merchant-statements.ts';
import type { MerchantStore } from '../store/merchants.ts';
import { checkQuery, matching, oneOf } from './check-query.ts';

export interface MerchantRoutesOptions {
  readonly merchants: Pick<MerchantStore, 'listMerchants' | 'merchantCounts'>;
  readonly expect: (merchants: readonly ExpectedMerchant[], actor: string) => Promise<void>;
}

/** A list of a hundred thousand merchants fits. */
const maxListBytes = 16 * 2 ** 20;

const states: readonly ListedMerchantState[] = ['in-step', 'overdue', 'unverifiable'];

const listParameters = {
  state: oneOf(states),
  after: matching(/./s, 'must not be empty.'),
  limit: matching(/^([1-9]\d{0,2}|1000)$/, 'must be a number from 1 to 1000.'),
};

/** @param guard - Refuses changes if no token is set. */
export function createMerchantRoutes(
  { merchants, expect }: MerchantRoutesOptions,
  guard: MiddlewareHandler,
): Hono {
  const routes = new Hono();
  const noParameters = checkQuery({});

  routes.get('/merchants', checkQuery(listParameters), async (context) => {
    const { state: word, after, limit = '100' } = context.req.query();
    const state = states.find((each) => each === word);
    const filter = { ...(state && { state }), ...(after && { after }), limit: Number(limit) };
    return context.json(await merchants.listMerchants(filter));
  });

  routes.get('/reconcile', noParameters, async (context) => context.json(await merchants.merchantCounts()));

  routes.post('/merchants', guard, noParameters, async (context) => {
    const body = await readBody(context.req.raw, maxListBytes);
    if (!(body instanceof Uint8Array))
      return context.json({ error: `The list of merchants must have at most ${maxListBytes} bytes.` }, 413);
    try {
      const expected = parseMerchants(Buffer.from(body).toString());
      await expect(expected, 'the admin API');
      return context.json({ merchants: expected.length });
    } catch (error) {
      if (error instanceof MerchantListError) return context.json({ error: error.message }, 400);
      throw error;
    }
  });
  return routes;
}
