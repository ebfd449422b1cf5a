import type { OperationResult } from '@partner-ecosystem/client';

/** The document of a merchant that a pull returns. */
export type PulledDocument = OperationResult<'pullMerchant'>;
