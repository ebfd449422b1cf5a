import { createPartnerClient } from '@partner-ecosystem/client';
import type { paths } from '@partner-ecosystem/openapi/schema';
import ky from 'ky';
import OpenAI from 'openai';
import createClient from 'openapi-fetch';
import Stripe from 'stripe';

const host = 'https://go.example.com';
const headers = { Authorization: 'example' };
const ours = {
  goUrl: host,
  backopsUrl: host,
  persistUrl: host,
  credentials: { username: 'example', password: 'example' },
};
const pull = { merchantId: '1', realmId: '2' };

/** Creates every client, and returns one authorized GET with each. */
export function createCallers(): Readonly<Record<string, () => Promise<unknown>>> {
  const partner = createPartnerClient(ours);
  const partnerWithCustomFetch = createPartnerClient({ ...ours, fetch: (request) => fetch(request) });
  const raw = createClient<paths>({ baseUrl: host, headers });
  const kyClient = ky.create({ prefix: host, headers });
  const openai = new OpenAI({ apiKey: 'example', baseURL: host });
  const stripe = new Stripe('example', { httpClient: Stripe.createFetchHttpClient(), telemetry: false });

  return {
    ours: () => partner.pullMerchant(pull),
    'ours, with a custom fetch': () => partnerWithCustomFetch.pullMerchant(pull),
    'openapi-fetch': () =>
      raw.GET('/api/distributors/pullMerchant/{merchantId}', {
        params: { path: { merchantId: '1' }, query: { realmId: '2' } },
      }),
    openai: () => openai.models.retrieve('1', { query: { realmId: '2' } }),
    ky: () => kyClient.get('api/distributors/pullMerchant/1', { searchParams: { realmId: '2' } }).json(),
    stripe: () => stripe.customers.retrieve('1', { expand: ['2'] }),
    'only Request and JSON': async () => {
      const url = `${host}/api/distributors/pullMerchant/1?realmId=2`;
      const request = new Request(url, { headers: { Accept: 'application/json', ...headers } });
      return (await fetch(request)).json();
    },
  };
}
