import type { OperationResult } from '../contract/operation-types.ts';
import type { UrlByServer } from '../contract/server-url.ts';
import type { CreateEmit } from '../events/client-event.ts';
import type { Guard } from '../guards/contract-guard.ts';
import type { Transport } from '../http/send-request.ts';
import type { TokenSources } from '../login/token-source.ts';
import type { CallSettings } from './call-settings.ts';

/** Looks up a merchant by the caller's own reference, in the caller's own records. */
export type FindMerchant = (signzyAppId: string) => Promise<OperationResult<'createMerchant'> | undefined>;

/** A merchant as `server.merchants.expect` of `@partner-ecosystem/callback-server` takes it. */
export interface CreatedMerchant {
  readonly merchantId: string;
  /** The realm of the request. */
  readonly realmId: string;
}

/** Called with each merchant that a call created. */
export type OnMerchantCreated = (merchant: CreatedMerchant) => unknown;

/** What all calls of a client share. */
export interface ClientContext extends Transport, CallSettings {
  readonly serverUrls: UrlByServer;
  readonly tokenSources: TokenSources;
  readonly findMerchant?: FindMerchant | undefined;
  readonly onMerchantCreated?: OnMerchantCreated | undefined;
  readonly guard?: Guard | undefined;
  readonly createEmit: CreateEmit;
}
