import { createPartnerClient } from '@partner-ecosystem/client';
import type { paths } from '@partner-ecosystem/openapi/schema';
import ky from 'ky';
import OpenAI from 'openai';
import createClient from 'openapi-fetch';
import Stripe from 'stripe';
import { stubFetch as fetch } from './stub-fetch.ts';

const host = 'https://go.example.com';
const headers = { Authorization: 'example' };

const partner = createPartnerClient({
  ...{ goUrl: host, backopsUrl: host, persistUrl: host },
  credentials: { username: 'example', password: 'example' },
  fetch,
});
const raw = createClient<paths>({ baseUrl: host, headers, fetch });
const kyClient = ky.create({ prefix: host, headers, fetch });
const openai = new OpenAI({ apiKey: 'example', baseURL: host, fetch });
const stripe = new Stripe('example', { httpClient: Stripe.createFetchHttpClient(fetch), telemetry: false });

/** One authorized GET with each client, to a network that answers at once. */
export const callers: Readonly<Record<string, () => Promise<unknown>>> = {
  ours: () => partner.pullMerchant({ merchantId: '1', realmId: '2' }),
  'openapi-fetch': () =>
    raw.GET('/api/distributors/pullMerchant/{merchantId}', {
      params: { path: { merchantId: '1' }, query: { realmId: '2' } },
    }),
  openai: () => openai.models.retrieve('1', { query: { realmId: '2' } }),
  ky: () => kyClient.get('api/distributors/pullMerchant/1', { searchParams: { realmId: '2' } }).json(),
  stripe: () => stripe.customers.retrieve('1', { expand: ['2'] }),
  'nothing but Request and JSON': async () => {
    const url = `${host}/api/distributors/pullMerchant/1?realmId=2`;
    const request = new Request(url, { headers: { Accept: 'application/json', ...headers } });
    return request.signal.aborted ? undefined : (await fetch()).json();
  },
};
