import type { FindMerchant, OnMerchantCreated } from './call/client-context.ts';
import type { ServerOptions } from './contract/server-url.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import type { ClientEvent } from './events/client-event.ts';
import type { Guard } from './guards/contract-guard.ts';
import type { Credentials, ValueOrFunction } from './login/token-source.ts';
import type { TokenStore } from './login/token-store.ts';
import type { RetryOptions } from './retry/retry-policy.ts';

export type PartnerClientOptions = ServerOptions & {
  /**
   * Credentials of the partner, required for operations with the partner's token. A function is called once for each login,
   * so that the credentials can rotate.
   */
  credentials?: ValueOrFunction<Credentials> | undefined;

  /**
   * Raw token of a back-office administrator, without `Bearer`. A function is called for each request that needs the
   * token. Required for `createPartner`. Used for `linkPartner` and `assignFlows` if there are no `credentials`.
   */
  administratorToken?: ValueOrFunction<string> | undefined;

  /**
   * Time limit of each attempt, up to the last byte of the response, in milliseconds. A login is an attempt of its
   * own. Your functions have the same limit. At most five minutes, unless `fetch` is your own: the `fetch` of the
   * runtime gives up after five minutes.
   * @default 30_000
   */
  timeoutMs?: number | undefined;

  /**
   * Limits of retries. `false` disables retries. The client always logs in again once after a 401.
   * @default {}
   * @example
   * ```ts
   * retry: { maxAttempts: 5, budgetMs: 120_000 }
   * ```
   */
  retry?: RetryOptions | false | undefined;

  /**
   * Headers of every request, logins included. `Authorization`, `Accept` and `Content-Type` cannot be replaced.
   * @example
   * ```ts
   * headers: { 'User-Agent': 'acme-onboarding/2.1' }
   * ```
   */
  headers?: Record<string, string> | undefined;

  /**
   * Shares the token with other processes. Without a store, each client logs in on its own.
   * @example
   * ```ts
   * tokenStore: createTokenStore({ read: () => database.readToken(), write: (token) => database.writeToken(token) })
   * ```
   */
  tokenStore?: TokenStore | undefined;

  /**
   * Looks up a merchant by your own reference, after a `createMerchant` whose outcome is unknown and before any retry.
   * Each call of the function has the time limit `timeoutMs`.
   * The API cannot search by your reference. Search your own records, or the callbacks that you received: they contain
   * both ids.
   *
   * - If the function resolves to a merchant with an `id`, the call resolves to that merchant.
   * - If the function resolves to `undefined`, the merchant does not exist yet. The client calls the function again until
   *   the provider cannot be working on the request any more ({@link RetryOptions.maxProcessingMs}), and then creates the
   *   merchant again. If `retry.budgetMs` ends first, as it does with the defaults, the call fails with an
   *   {@link OutcomeUnknownError}.
   * - If the function cannot tell, it must reject. The call then fails with an {@link OutcomeUnknownError}, as without this
   *   option. The call also fails in this way after `null`, or after any other value without an `id`.
   * @example
   * ```ts
   * findMerchant: async (signzyAppId) => (await database.findMerchant({ signzyAppId })) ?? undefined
   * ```
   */
  findMerchant?: FindMerchant | undefined;

  /**
   * Called with each merchant that `createMerchant` created, or that `findMerchant` found, before the call resolves. The
   * function has the time limit `timeoutMs`. If the function throws, rejects or hangs, the call still succeeds, because the
   * merchant exists. The event `unreported` reports the failure.
   * @example
   * ```ts
   * onMerchantCreated: (merchant) => server.merchants.expect([merchant]) // a server of @partner-ecosystem/callback-server
   * ```
   */
  onMerchantCreated?: OnMerchantCreated | undefined;

  /**
   * Checks requests and responses against the contract.
   * @example
   * ```ts
   * guard: contractGuard([createMerchant, pullMerchant]) // from '@partner-ecosystem/client/guards'
   * ```
   */
  guard?: Guard | undefined;

  /**
   * Called with events that are safe to ship unchanged. The listener may be asynchronous: the client does not wait for it,
   * and ignores its errors.
   * @example
   * ```ts
   * onEvent: (event) => logger.info(event, `${event.operationId}: ${event.type}`)
   * ```
   */
  onEvent?: ((event: ClientEvent) => unknown) | undefined;

  /**
   * Sends the requests. The function must not repeat a request by itself.
   * @default globalThis.fetch, looked up for each request
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;

  /**
   * Whether an error of your own `fetch` can prove that a request was not sent, such as a refused connection. The
   * client then sends even a create again. Set this option only if your `fetch` only sends the request with Node's
   * `fetch` or undici's: an error in a step after the response would create a second merchant.
   * @default false
   */
  trustFetchErrors?: boolean | undefined;
};
