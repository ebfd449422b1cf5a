import { createPartnerClient, type OperationInput, type PartnerClient } from '@partner-ecosystem/client';

declare const partner: PartnerClient;
declare const merchant: OperationInput<'createMerchant'>;

// @ts-expect-error Without an environment, all three URLs are required.
createPartnerClient({ goUrl: 'https://go.example.com' });

// @ts-expect-error A field of a wrong type.
void partner.createMerchant({ ...merchant, email: 7 });

// @ts-expect-error Fields are missing.
void partner.createMerchant({ realmId: '6553e0000000000000000002' });

// @ts-expect-error A required parameter is not undefined.
void partner.pullMerchant({ merchantId: '1', realmId: undefined });

// @ts-expect-error A ttl that the file store treats as 30 seconds.
void partner.uploadFile({ file: new Blob(), ttl: '1 months' });

// @ts-expect-error Not an operation of the contract.
void partner.deleteMerchant({});
