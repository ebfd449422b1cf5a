import { callOperation } from './call/call-operation.ts';
import { readCallSettings } from './call/call-settings.ts';
import type { ClientContext } from './call/client-context.ts';
import { createOperations, type PartnerOperations, type RawOperations } from './call/partner-operations.ts';
import { readServerUrls } from './contract/server-url.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import { createEmitter, type LoginReason } from './events/client-event.ts';
import { type HttpResult, unchecked } from './http/http-result.ts';
import { createSession } from './login/session.ts';
import { type Credentials, createAdministrator } from './login/token-source.ts';
import type { PartnerClientOptions } from './options.ts';

/** The partner's client. The client holds the login, so create one client and share it. */
export type PartnerClient = PartnerOperations & {
  /** The same operations, resolving to the whole response, `{ ok, status, headers, body }`, with any status. */
  readonly raw: RawOperations;
};

/**
 * Creates a client of the Partner Ecosystem API with one method for each operation. The client logs in when it first
 * needs a token, and again when the token ends or is rejected. The client retries transient failures, but never a write
 * that may have been applied: that call fails with an {@link OutcomeUnknownError}.
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
  // The URLs are read first, so that the error of missing options names a URL.
  const serverUrls = readServerUrls(Object(options));
  assertFunctions(options);
  const { fetch, credentials, administratorToken } = options;
  const settings = readCallSettings(options, fetch);
  const context: ClientContext = {
    ...options,
    ...settings,
    serverUrls,
    tokenSources: {
      PartnerToken: credentials && createSession(credentials, options.tokenStore, loginPartner, settings),
      AdministratorToken: administratorToken ? createAdministrator(administratorToken) : undefined,
    },
    createEmit: createEmitter(options.onEvent),
  };
  // A login makes a single attempt, because the session has its own backoff.
  function loginPartner(given: Credentials, reason: LoginReason): Promise<HttpResult> {
    return callOperation(context, 'loginPartner', given, { retry: false, reason });
  }

  return createOperations((...call) => callOperation(context, ...call));
}

/** Options that the client calls, or whose methods it calls. */
const functions = [
  'fetch',
  'findMerchant',
  'guard.request',
  'guard.response',
  'onEvent',
  'onMerchantCreated',
  'tokenStore.renew',
];

/**
 * Finds a mistake that would otherwise appear only when a call needs the option, or never.
 *
 * @throws TypeError if an option is given, but cannot be called.
 */
function assertFunctions(options: unknown): void {
  for (const path of functions) {
    const [name = '', method] = path.split('.');
    const given = unchecked(options)?.[name];
    if (given && typeof (method ? unchecked(given)?.[method] : given) !== 'function')
      throw new TypeError(`${path} must be a function.`);
  }
}
