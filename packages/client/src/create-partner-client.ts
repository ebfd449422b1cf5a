import { type OperationId, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { createAdministrator } from './login/administrator.ts';
import type { Answer } from './http/http-result.ts';
import type { Fetch } from './http/send-request.ts';
import { type CallContext, callOperation, type InnerCallOptions } from './call/call-operation.ts';
import { checkNumber } from './timing/assert-duration.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import { operationIds } from './contract/operation.ts';
import type { OperationInput, OperationResult } from './contract/operation-types.ts';
import type { CallOptions, PartnerClientOptions } from './options.ts';
import { type RawOperations, rawAnswer } from './call/raw-operations.ts';
import { once, retryLimits } from './retry/retry-limits.ts';
import { serverUrl } from './contract/server-url.ts';
import { createSession } from './login/session.ts';
import type { TokenSource, TokenSources } from './login/token-source.ts';

/** One method for each operation of the contract. */
export type PartnerOperations = {
  readonly [Id in OperationId]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
};

/** The partner's view of the provider. Holds a login, so make one and share it. */
export type PartnerClient = PartnerOperations & {
  /** The same operations, resolving with the whole answer, `{ ok, status, headers, body }`, whatever its status. */
  readonly raw: RawOperations;
};

/**
 * A client of the Partner Ecosystem API: one method for each operation. It logs in when it first has to, and again
 * when its token ends or is refused. What fails for a while it tries again, but never an operation that may have been
 * carried out: that ends with an {@link OutcomeUnknownError}.
 *
 * @throws TypeError, RangeError if an option cannot be used. Nothing is sent yet.
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
  const { findMerchant, guard, onEvent } = options;
  const call: Call = (...parts) => callOperation(context, ...parts);
  const context: CallContext = {
    urls: serverUrls(options),
    fetch: sender(options.fetch),
    timeoutMs: checkNumber('timeoutMs', options.timeoutMs ?? 30_000),
    limits: retryLimits(options.retry),
    sources: tokenSources(options, call),
    ...{ findMerchant, guard, onEvent, calls: 0 },
  };

  const operations = methods(async (...parts) => (await call(...parts)).body) as PartnerOperations;
  const raw = methods((...parts) => rawAnswer(call(...parts))) as RawOperations;
  return { ...operations, raw };
}

type Input = Readonly<Record<string, unknown>>;
type Call = (operationId: OperationId, input: Input, options?: InnerCallOptions) => Promise<Answer>;

/** A method for each operation. What each takes and gives is known to the contract's types alone. */
function methods(call: (operationId: OperationId, input: Input, options?: CallOptions) => unknown): object {
  const entries = operationIds.map((operationId) => [
    operationId,
    (input: Input, options?: CallOptions) => call(operationId, input, options),
  ]);
  return Object.fromEntries(entries);
}

/** Our own fetch is spared a Request that it would only copy; one of yours gets one, which is easier to look into. */
function sender(own: PartnerClientOptions['fetch']): Fetch {
  return (url, init) => (own ? own(new Request(url, init)) : globalThis.fetch(url, init));
}

function serverUrls(options: PartnerClientOptions): CallContext['urls'] {
  const names = Object.keys(servers) as ServerName[];
  const urls = names.map((server) => [server, serverUrl(options, server)]);
  return Object.fromEntries(urls) as CallContext['urls'];
}

/** Where the tokens come from that the options allow for, by the contract's name of the security scheme. */
function tokenSources(options: PartnerClientOptions, call: Call): TokenSources {
  const { credentials, administratorToken, tokenStore: store } = options;
  const sources = new Map<string, TokenSource>();
  if (credentials) {
    // One attempt each: how a failed login is tried again is the session's own affair.
    const session = createSession({
      ...{ credentials, store },
      loginPartner: (given, loginReason) => call('loginPartner', given, { limits: once, loginReason }),
    });
    sources.set('PartnerToken', session);
  }
  if (administratorToken) sources.set('AdministratorToken', createAdministrator(administratorToken));
  return sources;
}
