import type { OperationResult } from '../contract/operation-types.ts';
import type { UrlByServer } from '../contract/server-url.ts';
import type { CreateEmit } from '../events/client-event.ts';
import type { Guard } from '../guards/contract-guard.ts';
import type { Transport } from '../http/send-request.ts';
import type { TokenSources } from '../login/token-source.ts';
import type { CallSettings } from './call-settings.ts';

/** Looks up a merchant by the caller's own reference, in the caller's own records. */
export type FindMerchant = (signzyAppId: string) => Promise<OperationResult<'createMerchant'> | undefined>;

/** What all calls of a client share. */
export interface ClientContext extends Transport, CallSettings {
  readonly serverUrls: UrlByServer;
  readonly tokenSources: TokenSources;
  readonly findMerchant?: FindMerchant | undefined;
  readonly guard?: Guard | undefined;
  readonly createEmit: CreateEmit;
}
