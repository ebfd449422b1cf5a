import { AbortedError, createPartnerClient, OutcomeUnknownError } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';
import ky from 'ky';
import OpenAI, { APIUserAbortError } from 'openai';
import Stripe from 'stripe';
import type { RetryRow } from '../../packages/client/test/retry/retry-rows.ts';

/** What a client is given for one row. */
export interface Terms {
  readonly url: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly signal: AbortSignal;
  /** Attempts of a call, the first included. */
  readonly maxAttempts: number;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number;
  /** Milliseconds that a call may take with all its attempts. */
  readonly budgetMs: number;
  /** The longest `Retry-After` to wait for, in milliseconds. */
  readonly maxRetryAfterMs: number;
}

/** A client in the run, set to the terms as far as it can be, and otherwise as it is by default. */
export interface Contender {
  readonly name: string;
  call(kind: RetryRow['call'], terms: Terms): Promise<unknown>;
  /** What an error of its says, where that is more than that the call failed. */
  endOf(error: unknown): 'unknown' | 'aborted' | undefined;
}

/** Ours first. */
export const contenders: readonly Contender[] = [
  {
    name: 'ours',
    call(kind, { url, fetch, signal, timeoutMs, ...retry }) {
      const partner = createPartnerClient({
        ...{ goUrl: url, backopsUrl: url, persistUrl: url, fetch, timeoutMs, retry },
        credentials: { username: 'example', password: 'example' },
      });
      return kind === 'read'
        ? partner.pullMerchant({ merchantId: '1', realmId: '2' }, { signal })
        : partner.createMerchant(requests.createMerchant.customer, { signal });
    },
    endOf(error) {
      if (error instanceof OutcomeUnknownError) return 'unknown';
      return error instanceof AbortedError ? 'aborted' : undefined;
    },
  },
  {
    name: 'openai',
    call(kind, { url, fetch, signal, maxAttempts, timeoutMs }) {
      const openai = new OpenAI({
        ...{ apiKey: 'example', baseURL: url, fetch, maxRetries: maxAttempts - 1, timeout: timeoutMs },
        logLevel: 'off',
      });
      return kind === 'read'
        ? openai.models.retrieve('1', { signal })
        : openai.chat.completions.create({ model: 'example', messages: [] }, { signal });
    },
    endOf: (error) => (error instanceof APIUserAbortError ? 'aborted' : undefined),
  },
  {
    name: 'ky',
    call(kind, { url, fetch, signal, maxAttempts, timeoutMs, budgetMs, maxRetryAfterMs }) {
      const options = {
        ...{ fetch, signal, timeout: timeoutMs, totalTimeout: budgetMs },
        retry: { limit: maxAttempts - 1, maxRetryAfter: maxRetryAfterMs },
      };
      return kind === 'read' ? ky.get(url, options).json() : ky.post(url, { ...options, json: {} }).json();
    },
    endOf: (error) => (error instanceof Error && error.name === 'AbortError' ? 'aborted' : undefined),
  },
  {
    name: 'stripe',
    // It takes no signal.
    call(kind, { url, fetch, maxAttempts, timeoutMs }) {
      const { hostname: host, port } = new URL(url);
      const stripe = new Stripe('example', {
        ...{ host, port, protocol: 'http', maxNetworkRetries: maxAttempts - 1, timeout: timeoutMs },
        ...{ httpClient: Stripe.createFetchHttpClient(fetch), telemetry: false },
      });
      return kind === 'read' ? stripe.customers.retrieve('1') : stripe.customers.create({ name: 'Example' });
    },
    endOf: () => undefined,
  },
];
