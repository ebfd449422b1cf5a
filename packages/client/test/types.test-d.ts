import type { components } from '@partner-ecosystem/openapi/schema';
import { expectTypeOf } from 'vitest';
import type { OperationInput, OperationResult, PartnerClient, PartnerClientOptions } from '../src/index.ts';

type Schemas = components['schemas'];

declare const partner: PartnerClient;
declare const merchant: OperationInput<'createMerchant'>;

expectTypeOf<OperationInput<'createMerchant'>>().toEqualTypeOf<Schemas['CreateMerchantRequest']>();
expectTypeOf<OperationResult<'createMerchant'>>().toEqualTypeOf<Schemas['Merchant']>();
expectTypeOf<OperationInput<'pullMerchant'>>().toEqualTypeOf<{
  merchantId: string;
  realmId: string;
  version?: string;
}>();
expectTypeOf(partner.pullMerchant).returns.resolves.toEqualTypeOf<Schemas['PulledMerchant']>();
expectTypeOf(partner.uploadFile).parameter(0).toHaveProperty('file').toEqualTypeOf<Blob>();

// @ts-expect-error A field of a wrong type.
void partner.createMerchant({ ...merchant, email: 7 });

// @ts-expect-error Fields are missing.
void partner.createMerchant({ realmId: '6553e0000000000000000002' });

// @ts-expect-error A parameter that the operation does not have.
void partner.pullMerchant({ merchantId: '1', realmId: '2', verison: '1.1.0' });

// @ts-expect-error A file is no text.
void partner.uploadFile({ file: 'text' });

// @ts-expect-error A ttl that the file store would take for 30 seconds.
void partner.uploadFile({ file: new Blob(), ttl: '1 months' });

// @ts-expect-error No operation of the contract.
void partner.deleteMerchant({});

// @ts-expect-error Without an environment, every server has to be given.
export const options: PartnerClientOptions = { goUrl: 'https://go.example.com' };
