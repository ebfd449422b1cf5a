import type { AbortedError } from './errors/aborted-error.ts';
import type { OperationInput } from './operation-types.ts';

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

export type PartnerClientOptions = ServerOptions & {
  /** The partner's credentials. A function is called at each login. Needed by operations that take the partner's token. */
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
   * Sends the requests.
   * @default globalThis.fetch, looked up at each request
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
};

/** What may be said with a single call. */
export interface CallOptions {
  /** Ends the call with an {@link AbortedError}, also while it waits for a login. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt of this call may take, in place of the client's `timeoutMs`. */
  timeoutMs?: number | undefined;
  /** Further headers. `Authorization` and `Accept` are the client's own and not to be replaced. */
  headers?: Record<string, string> | undefined;
}
