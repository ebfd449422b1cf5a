import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { createAdministrator } from './administrator.ts';
import { type AnyClient, callOperation } from './call-operation.ts';
import { checkTimeout } from './check-timeout.ts';
import { logIn } from './log-in.ts';
import type { OperationInput, OperationResult } from './operation-types.ts';
import type { CallOptions, PartnerClientOptions } from './partner-client-options.ts';
import { createRawClients, type RawClients } from './raw-clients.ts';
import { createSession } from './session.ts';
import type { TokenSource, TokenSources } from './token-source.ts';
import { createTransport } from './transport.ts';

/** One method for each operation of the contract. */
export type PartnerOperations = {
  readonly [Id in OperationId]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
};

/** The partner's view of the provider. Holds a login, so make one and share it. */
export type PartnerClient = PartnerOperations & {
  /**
   * The openapi-fetch clients below the methods, one for each server. They share the login, the replay and the time
   * limit, but resolve with `{ data, error, response }` whatever the status.
   */
  readonly raw: RawClients;
};

/**
 * A client of the Partner Ecosystem API: one method for each operation. It logs in when it first has to, and again
 * when its token ends or is refused. It never repeats an operation that may have been carried out.
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
  const { fetch = (request) => globalThis.fetch(request) } = options;
  const timeoutMs = checkTimeout(options.timeoutMs ?? 30_000);

  const tokens = tokenSources(options, (credentials) => partner.loginPartner(credentials));
  const send = createTransport(fetch, tokens);
  const raw = createRawClients(options, (operation, request) => send(operation, request, timeoutMs));

  const call: Call = async (operation, input, { timeoutMs: ofCall, ...rest } = {}) => {
    const limit = ofCall === undefined ? timeoutMs : checkTimeout(ofCall);
    // A union of the three typed clients cannot be called; what each method may be given, its own type says.
    const client = raw[operation.server] as AnyClient;
    return callOperation(client, operation, input, rest, (request) => send(operation, request, limit));
  };
  const partner: PartnerClient = { ...methodsOf(call), raw };
  return partner;
}

/** Where the tokens come from that the options allow for, by the contract's name of the security scheme. */
function tokenSources(
  { credentials, administratorToken }: PartnerClientOptions,
  loginPartner: PartnerOperations['loginPartner'],
): TokenSources {
  const sources = new Map<string, TokenSource>();
  if (credentials) {
    const session = createSession(() => logIn(credentials, loginPartner));
    sources.set('PartnerToken', session);
  }
  if (administratorToken) sources.set('AdministratorToken', createAdministrator(administratorToken));
  return sources;
}

type Input = Readonly<Record<string, unknown>>;
type Call = (operation: Operation, input: Input, options?: CallOptions) => Promise<unknown>;

function methodsOf(call: Call): PartnerOperations {
  const methods = Object.values(operations).map((operation) => [
    operation.operationId,
    (input: Input, options?: CallOptions) => call(operation, input, options),
  ]);
  // What each operation takes and gives is known to the contract's types alone, so here all methods are alike.
  return Object.fromEntries(methods) as PartnerOperations;
}
