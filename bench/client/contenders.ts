import { AbortedError, createPartnerClient, OutcomeUnknownError } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';
import ky from 'ky';
import OpenAI, { APIUserAbortError } from 'openai';
import Stripe from 'stripe';
import type { RetryRow } from '../../packages/client/test/retry/retry-row.ts';

/** Settings of a client for one row. */
interface CallSettings {
  readonly url: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Whether every error of `fetch` comes from sending the request. */
  readonly trustFetchErrors: boolean;
  readonly signal: AbortSignal;
  /** Number of attempts of a call, including the first. */
  readonly maxAttempts: number;
  /** Time limit of each attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Time limit of a call with all its attempts, in milliseconds. */
  readonly budgetMs: number;
  /** Longest `Retry-After` to wait for, in milliseconds. */
  readonly maxRetryAfterMs: number;
}

/** A client that is scored. It gets the settings that it supports, and otherwise keeps its defaults. */
export interface Contender {
  readonly name: string;
  call(kind: RetryRow['call'], settings: CallSettings): Promise<unknown>;
  /** What an error says about the outcome. `undefined` if the error says only that the call has failed. */
  endOf(error: unknown): 'unknown' | 'aborted' | undefined;
}

/** The clients to compare. The first client is ours. */
export const contenders: readonly Contender[] = [
  {
    name: 'ours',
    call(kind, { url, fetch, trustFetchErrors, signal, timeoutMs, ...retry }) {
      const partner = createPartnerClient({
        goUrl: url,
        backopsUrl: url,
        persistUrl: url,
        fetch,
        trustFetchErrors,
        timeoutMs,
        retry,
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
        apiKey: 'example',
        baseURL: url,
        fetch,
        maxRetries: maxAttempts - 1,
        timeout: timeoutMs,
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
        fetch,
        signal,
        timeout: timeoutMs,
        totalTimeout: budgetMs,
        retry: { limit: maxAttempts - 1, maxRetryAfter: maxRetryAfterMs },
      };
      return kind === 'read' ? ky.get(url, options).json() : ky.post(url, { ...options, json: {} }).json();
    },
    endOf: (error) => (error instanceof Error && error.name === 'AbortError' ? 'aborted' : undefined),
  },
  {
    name: 'stripe',
    // stripe accepts no signal.
    call(kind, { url, fetch, maxAttempts, timeoutMs }) {
      const { hostname: host, port } = new URL(url);
      const stripe = new Stripe('example', {
        host,
        port,
        protocol: 'http',
        maxNetworkRetries: maxAttempts - 1,
        timeout: timeoutMs,
        httpClient: Stripe.createFetchHttpClient(fetch),
        telemetry: false,
      });
      return kind === 'read' ? stripe.customers.retrieve('1') : stripe.customers.create({ name: 'Example' });
    },
    endOf: () => undefined,
  },
];
