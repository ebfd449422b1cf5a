import type { Mistake } from './mistakes.ts';

/** The options of the sample integration. */
export interface ApiOptions {
  readonly url: string;
  readonly credentials: { readonly username?: string; readonly password: string };
  /** Whether the integration has a mistake. */
  readonly has: (mistake: Mistake) => boolean;
  readonly now: () => number;
  /** Waits before the next attempt. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: (line: string) => void;
  /** Starts the timeout of a call. */
  readonly startTimeout: () => AbortSignal;
}

interface ApiCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly json?: object;
  readonly form?: FormData;
}

/** A refusal of the provider. `status` is `undefined` if there was no response. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number | undefined;

  constructor(path: string, status: number | undefined) {
    super(`${path}: ${status ?? 'no response'}`);
    this.status = status;
  }
}

interface ApiResponse {
  readonly status: number | undefined;
  readonly retryAfterMs: number;
  readonly body: unknown;
}

const maxAttempts = 3;
const transient: ReadonlySet<number | undefined> = new Set([undefined, 500, 502, 503, 504]);
const throttled: ReadonlySet<number | undefined> = new Set([403, 429]);

/** Calls the provider and renews the token when necessary. */
export class PartnerApi {
  readonly #options: ApiOptions;
  #token: { readonly id: string; readonly expiresAt: number } | undefined;
  #loggingIn: Promise<string> | undefined;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Returns the body of a success. Throws an `ApiError` for any other outcome. */
  async call(call: ApiCall): Promise<unknown> {
    const { has, wait, log } = this.#options;
    let renewals = 0;
    for (let attempt = 1; ; attempt++) {
      const response = await this.#send(call, await this.#currentToken());
      const { status, body } = response;
      if (status !== undefined && status >= 200 && status < 300) return body;
      const mayRenew = status === 401 && renewals++ < (has('unbounded-401') ? 20 : 1);
      if (mayRenew && !has('token-never-renewed')) {
        await this.#logIn();
        continue;
      }
      if (attempt >= maxAttempts || !this.#isRetryable(call, status)) {
        const details = has('secret-in-log') ? JSON.stringify([this.#token?.id, call.json]) : '';
        log(`${call.method} ${call.path.split('?')[0]} ${status ?? 'no response'} ${details}`);
        throw new ApiError(call.path.split('/').slice(0, 4).join('/'), status);
      }
      if (!has('throttling-unheeded')) await wait(response.retryAfterMs);
    }
  }

  /** A create may have been stored although the response was lost. Only a throttled create is repeated. */
  #isRetryable({ method, path }: ApiCall, status: number | undefined): boolean {
    const { has } = this.#options;
    if (has('refusal-repeated') && status === 422) return true;
    if (throttled.has(status)) return !has('throttling-is-final');
    if (has('create-repeated') && path.endsWith('/createMerchant')) return transient.has(status);
    return method === 'GET' && transient.has(status) && !has('no-retry');
  }

  async #currentToken(): Promise<string> {
    const { has, now } = this.#options;
    if (has('login-each-call')) return this.#logIn();
    if (this.#token && (has('token-never-renewed') || now() < this.#token.expiresAt)) return this.#token.id;
    return this.#logIn();
  }

  /** Shares one login between concurrent calls. */
  async #logIn(): Promise<string> {
    if (this.#options.has('login-stampede')) return this.#fetchToken();
    this.#loggingIn ??= this.#fetchToken().finally(() => {
      this.#loggingIn = undefined;
    });
    return this.#loggingIn;
  }

  async #fetchToken(): Promise<string> {
    const { has, now, credentials } = this.#options;
    const login: ApiCall = { method: 'POST', path: '/api/distributors/login', json: credentials };
    const { status, body } = await this.#send(
      login,
      has('stale-token-at-login') ? this.#token?.id : undefined,
    );
    const { id, ttl } = Object(body) as { readonly id?: unknown; readonly ttl?: unknown };
    if (status !== 200 || typeof id !== 'string') throw new ApiError('/api/distributors/login', status);
    const lifeMs = Number(ttl ?? 1_209_600) * (has('ttl-as-milliseconds') ? 1 : 1000);
    this.#token = { id, expiresAt: now() + lifeMs };
    return id;
  }

  async #send({ method, path, json, form }: ApiCall, token: string | undefined): Promise<ApiResponse> {
    const { has, url, startTimeout } = this.#options;
    const headers = new Headers({ accept: 'application/json' });
    if (token !== undefined) headers.set('authorization', has('bearer-prefix') ? `Bearer ${token}` : token);
    if (json && !has('no-content-type')) headers.set('content-type', 'application/json');
    const body = json ? JSON.stringify(json) : form;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
        ...(!has('no-timeout') && { signal: startTimeout() }),
      });
      const text = await response.text();
      const parsed = has('html-crash') ? JSON.parse(text) : parseJson(text);
      const retryAfterMs = Number(response.headers.get('retry-after') ?? 1) * 1000;
      return { status: response.status, retryAfterMs, body: parsed };
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      return { status: undefined, retryAfterMs: 1000, body: undefined };
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
