import { callOperation } from './call/call-operation.ts';
import type { ClientContext } from './call/client-context.ts';
import {
  createOperations,
  type PartnerOperations,
  type RawOperations,
  toRawResponse,
} from './call/partner-operations.ts';
import { readServerUrls } from './contract/server-url.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import { createEmitter } from './events/client-event.ts';
import { readHeaders } from './http/outgoing-request.ts';
import type { Fetch } from './http/send-request.ts';
import { createSession, type LoginPartner } from './login/session.ts';
import { createAdministrator, type TokenSources } from './login/token-source.ts';
import type { PartnerClientOptions } from './options.ts';
import { readRetryLimits } from './retry/retry-policy.ts';
import { assertLimit } from './timing/assert-limit.ts';

/** The partner's client. It holds the login, so create one and share it. */
export type PartnerClient = PartnerOperations & {
  /** The same operations, resolving to the whole response, `{ ok, status, headers, body }`, with any status. */
  readonly raw: RawOperations;
};

/**
 * Creates a client of the Partner Ecosystem API with one method for each operation. The client logs in when it first
 * needs a token, and again when the token ends or is rejected. It retries transient failures, but never a write that may
 * have been applied: such a call fails with an {@link OutcomeUnknownError}.
 *
 * @throws TypeError, RangeError if an option is invalid. Nothing is sent yet.
 * @example
 * ```ts
 * const partner = createPartnerClient({
 *   environment: 'preproduction',
 *   credentials: () => vault.read('partner'),
 * });
 * const merchant = await partner.pullMerchant({ merchantId, realmId });
 * ```
 */
export function createPartnerClient(options: PartnerClientOptions): PartnerClient {
  const { findMerchant, guard, onEvent, timeoutMs = 30_000 } = options;
  // The fetch of Node and Bun gives up after five minutes.
  const assertTimeout: ClientContext['assertTimeout'] = options.fetch
    ? (ms) => assertLimit('timeoutMs', ms)
    : (ms) => assertLimit('timeoutMs without your own fetch', ms, 1, 300_000);
  assertTimeout(timeoutMs);
  const withoutTokens: ClientContext = {
    serverUrls: readServerUrls(options),
    fetch: createFetch(options.fetch),
    trustsFetch: !options.fetch || options.trustFetchErrors === true,
    headers: readHeaders(options.headers),
    timeoutMs,
    assertTimeout,
    retryLimits: readRetryLimits(options.retry),
    tokenSources: {},
    findMerchant,
    guard,
    createEmit: createEmitter(onEvent),
  };
  // A login needs no token. It makes a single attempt, because the session has its own backoff.
  const loginPartner: LoginPartner = (credentials, loginReason) =>
    callOperation(withoutTokens, 'loginPartner', credentials, { retry: false, loginReason });
  const tokenSources = createTokenSources(options, loginPartner, timeoutMs);
  const context: ClientContext = { ...withoutTokens, tokenSources };

  const operations = createOperations(
    async (...call) => (await callOperation(context, ...call)).body,
  ) as PartnerOperations;
  const raw = createOperations((...call) =>
    toRawResponse(call[0], callOperation(context, ...call)),
  ) as RawOperations;
  return { ...operations, raw };
}

/** The global `fetch` is called with (url, init), which avoids a copy. A custom `fetch` receives a `Request`. */
function createFetch(custom: PartnerClientOptions['fetch']): Fetch {
  if (custom) return (url, init) => custom(new Request(url, init));
  return (url, init) => globalThis.fetch(url, init);
}

/** Creates the token sources that the options allow. */
function createTokenSources(
  { credentials, administratorToken, tokenStore }: PartnerClientOptions,
  loginPartner: LoginPartner,
  timeoutMs: number,
): TokenSources {
  return {
    PartnerToken: credentials && createSession(credentials, tokenStore, loginPartner, timeoutMs),
    AdministratorToken: administratorToken ? createAdministrator(administratorToken) : undefined,
  };
}
