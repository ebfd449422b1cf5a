import { createPartnerClient } from '@partner-ecosystem/client';
import { createOpenApiClient } from '@partner-ecosystem/client/openapi-fetch';
import type { paths } from '@partner-ecosystem/openapi/schema';
import ky from 'ky';
import OpenAI from 'openai';
import createClient from 'openapi-fetch';
import Stripe from 'stripe';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { median, quantile } from '../measure/quantile.ts';

const ROUNDS = 200;
const CALLS = 100;
const WARM_UP_ROUNDS = 50;

const host = 'https://go.example.com';
const headers = { Authorization: 'example' };
const ours = {
  goUrl: host,
  backopsUrl: host,
  persistUrl: host,
  credentials: { username: 'example', password: 'example' },
};
const pull = { merchantId: '1', realmId: '2' };
const pullInit = { params: { path: { merchantId: '1' }, query: { realmId: '2' } } };

/**
 * Measures the cost of a call without the network, in processor time, so that other work of the machine matters little.
 * The clients take turns, in another order in each round. The table compares the medians of the rounds.
 */
export async function measureOverhead(): Promise<string> {
  using _ = stubFetch();
  const clients = Object.entries(createCallers()).map(([name, call]) => ({
    name,
    call,
    rounds: [] as number[],
  }));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const first = (round + WARM_UP_ROUNDS) % clients.length;
    for (const { call, rounds } of [...clients.slice(first), ...clients.slice(0, first)]) {
      const microseconds = await microsecondsPerCall(call);
      if (round >= 0) rounds.push(microseconds);
    }
  }
  const baseline = median(clients.find(({ name }) => name === 'openapi-fetch')?.rounds ?? []);
  const rows = clients.map(({ name, rounds }) => [
    name,
    median(rounds).toFixed(1),
    `${quantile(rounds, 0.1).toFixed(1)}–${quantile(rounds, 0.9).toFixed(1)}`,
    (median(rounds) / baseline).toFixed(2),
  ]);
  return markdownTable(['client', 'processor µs per call', '10th–90th percentile', '× openapi-fetch'], rows);
}

/** Creates every client, and returns one authorized GET with each. */
function createCallers(): Readonly<Record<string, () => Promise<unknown>>> {
  const partner = createPartnerClient(ours);
  const partnerWithCustomFetch = createPartnerClient({ ...ours, fetch: (request) => fetch(request) });
  const throughOpenApiFetch = createOpenApiClient(partner);
  const bare = createClient<paths>({ baseUrl: host, headers });
  const kyClient = ky.create({ prefix: host, headers });
  const openai = new OpenAI({ apiKey: 'example', baseURL: host });
  const stripe = new Stripe('example', { httpClient: Stripe.createFetchHttpClient(), telemetry: false });

  return {
    ours: () => partner.pullMerchant(pull),
    'ours, with a custom fetch': () => partnerWithCustomFetch.pullMerchant(pull),
    'ours, through openapi-fetch': () =>
      throughOpenApiFetch.GET('/api/distributors/pullMerchant/{merchantId}', pullInit),
    'openapi-fetch': () => bare.GET('/api/distributors/pullMerchant/{merchantId}', pullInit),
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

/**
 * Replaces the global `fetch` with a function that responds immediately. The response to a login has a token. Clients
 * use the global `fetch` by default, and some clients read it when they are created.
 */
function stubFetch(): Disposable {
  const { fetch } = globalThis;
  globalThis.fetch = async () =>
    new Response('{"id":"example","result":{}}', { headers: { 'Content-Type': 'application/json' } });
  return {
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
    },
  };
}

async function microsecondsPerCall(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}
