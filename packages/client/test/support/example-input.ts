import { requests } from '@partner-ecosystem/openapi/examples';
import type { OperationInput } from '../../src/index.ts';

// Portable: the runtime checks bundle this file.

export const merchant: OperationInput<'createMerchant'> = requests.createMerchant.customer;

export const pull: OperationInput<'pullMerchant'> = {
  merchantId: '6553f1000000000000000004',
  realmId: '6553e0000000000000000002',
};

/** Content of a file: all 256 byte values, so that a conversion to text would be noticed. */
export const fileBytes: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Secrets and personal data of the runtime checks. Nothing may print them. */
export const canaries = {
  password: 'canary-password-7f01',
  token: 'canary-token-7f02',
  person: 'canary-person-7f03',
};
