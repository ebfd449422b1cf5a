import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { UrlByServer } from '../contract/server-url.ts';
import type { CreateEmit } from '../events/client-event.ts';
import type { Guard } from '../guards/contract-guard.ts';
import type { RequestHeaders } from '../http/outgoing-request.ts';
import type { Fetch } from '../http/send-request.ts';
import type { TokenSources } from '../login/token-source.ts';
import type { RetryLimits } from '../retry/retry-policy.ts';
import type { Input } from './partner-operations.ts';

/** What all calls of a client share. */
export interface ClientContext {
  readonly serverUrls: UrlByServer;
  readonly fetch: Fetch;
  /** Sent with every request. */
  readonly headers: RequestHeaders;
  readonly timeoutMs: number;
  readonly retryLimits: RetryLimits;
  readonly tokenSources: TokenSources;
  /** Reconcilers of the operations that have one. */
  readonly reconcilers: { readonly [Id in OperationId]?: (input: Input) => Reconciliation | undefined };
  readonly guard: Guard | undefined;
  readonly createEmit: CreateEmit;
}

/** Ways to find out what became of a request whose outcome is unknown. */
export interface Reconciliation {
  /** The caller's own reference of what the request creates. */
  readonly reference: string;
  /** Resolves to what the request created, or to `undefined` if it created nothing. */
  readonly find: (() => Promise<unknown>) | undefined;
}
