import type { ClientEvent } from './events/client-event.ts';
import type { AbortedError } from './errors/aborted-error.ts';
import type { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
import type { Guard } from './guards/guard.ts';
import type { OperationInput, OperationResult } from './contract/operation-types.ts';
import type { TokenStore } from './login/token-store.ts';

/** A value, or a function that is asked for it each time it is needed, so that it can rotate. */
export type ValueOrFunction<T> = T | (() => T | Promise<T>);

/** What the partner logs in with. */
export type Credentials = OperationInput<'loginPartner'>;

/** The addresses of the provider's three servers, as http or https URLs. */
export interface ServerUrls {
  /** The end-user host: every operation but `createPartner` and the uploads. */
  goUrl: string;
  /** The back-office host: `createPartner`. */
  backopsUrl: string;
  /** The Persist file store: `uploadFile` and `uploadBase64`. */
  persistUrl: string;
}

/** Either the hosts that the contract documents, any of them replaced by your own, or all three of your own. */
export type ServerOptions =
  | ({
      /** `preproduction` takes the contract's hosts. Production hosts are yours to give. */
      environment: 'preproduction';
    } & { [Name in keyof ServerUrls]?: ServerUrls[Name] | undefined })
  | ({ environment?: undefined } & ServerUrls);

/** How far a call goes on trying, where another attempt cannot do harm. */
export interface RetryOptions {
  /**
   * Attempts of one call, the first one included.
   * @default 3
   */
  attempts?: number | undefined;
  /**
   * Milliseconds from the beginning of a call within which its last attempt begins.
   * @default 60_000
   */
  budgetMs?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. A longer one ends the call; the error has it as
   * `retryAfterMs`.
   * @default 30_000
   */
  maxRetryAfterMs?: number | undefined;
}

export type PartnerClientOptions = ServerOptions & {
  /**
   * The partner's credentials. A function is called at each login, so that they can rotate. Needed by operations that
   * take the partner's token.
   */
  credentials?: ValueOrFunction<Credentials> | undefined;

  /**
   * The token of a back-office administrator, as it is, without `Bearer`. A function is called for each request that
   * needs it. Needed by `createPartner`; serves `linkPartner` and `assignFlows` where there are no `credentials`.
   */
  administratorToken?: ValueOrFunction<string> | undefined;

  /**
   * Milliseconds that one attempt may take, up to the last byte of the answer. A login counts as an attempt of its own.
   * @default 30_000
   */
  timeoutMs?: number | undefined;

  /**
   * How far a call goes on trying; `false` for one attempt only. A 401 is answered by one new login all the same.
   * @default {}
   */
  retry?: RetryOptions | false | undefined;

  /** Shares the token with other processes; `createTokenStore` makes one. Without it, each client logs in for itself. */
  tokenStore?: TokenStore | undefined;

  /**
   * Looks a merchant up by your own reference, which the API cannot: in your records, or among the callbacks that you
   * received, which carry both ids. Asked after a `createMerchant` of unclear outcome, before anything is repeated.
   * What it finds is what the call resolves with. `undefined` must mean that there **certainly** is none: the merchant
   * is then created again, save after a timeout, when the first attempt may be under way still. If it cannot tell, let
   * it reject: the call then fails with an {@link OutcomeUnknownError}, as it does without this option.
   */
  findMerchant?:
    | ((signzyAppId: string) => Promise<OperationResult<'createMerchant'> | undefined>)
    | undefined;

  /** Holds requests and responses to the contract; `contractGuard` of `@partner-ecosystem/client/guards` makes one. */
  guard?: Guard | undefined;

  /** Is told what the client does, in events that are safe to ship as they are. What it throws is ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;

  /**
   * Sends the requests. It must not repeat one by itself.
   * @default globalThis.fetch, looked up at each request
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
};

/** What may be said with a single call. */
export interface CallOptions {
  /**
   * Ends the call at once, also while it waits for a login or for the next attempt: with an {@link AbortedError}, or
   * an {@link OutcomeUnknownError} if something that writes was under way.
   */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt of this call may take, in place of the client's `timeoutMs`. */
  timeoutMs?: number | undefined;
  /** Further headers. `Authorization`, `Accept` and `Content-Type` are the client's own and not to be replaced. */
  headers?: Record<string, string> | undefined;
}
