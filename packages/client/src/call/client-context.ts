import type { OperationResult } from '../contract/operation-types.ts';
import type { UrlByServer } from '../contract/server-url.ts';
import type { CreateEmit } from '../events/client-event.ts';
import type { Guard } from '../guards/contract-guard.ts';
import type { RequestHeaders } from '../http/outgoing-request.ts';
import type { Transport } from '../http/send-request.ts';
import type { TokenSources } from '../login/token-source.ts';
import type { RetryLimits } from '../retry/retry-policy.ts';

/** Looks up a merchant by the caller's own reference, in the caller's own records. */
export type FindMerchant = (signzyAppId: string) => Promise<OperationResult<'createMerchant'> | undefined>;

/** What all calls of a client share. */
export interface ClientContext extends Transport {
  readonly serverUrls: UrlByServer;
  /** Sent with every request. */
  readonly headers: RequestHeaders;
  readonly timeoutMs: number;
  /** @throws RangeError if an attempt cannot have this time limit. */
  assertTimeout(timeoutMs: number): void;
  readonly retryLimits: RetryLimits;
  readonly tokenSources: TokenSources;
  readonly findMerchant: FindMerchant | undefined;
  readonly guard: Guard | undefined;
  readonly createEmit: CreateEmit;
}
