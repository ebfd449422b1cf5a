import { createPartnerClient, type OperationInput, type PartnerClient } from '@partner-ecosystem/client';

declare const partner: PartnerClient;
declare const merchant: OperationInput<'createMerchant'>;

// @ts-expect-error Without an environment, every server has to be given.
createPartnerClient({ goUrl: 'https://go.example.com' });

// @ts-expect-error A field of a wrong type.
void partner.createMerchant({ ...merchant, email: 7 });

// @ts-expect-error Fields are missing.
void partner.createMerchant({ realmId: '6553e0000000000000000002' });

// @ts-expect-error A parameter that is left out is left out: undefined is no version.
void partner.pullMerchant({ merchantId: '1', realmId: '2', version: undefined });

// @ts-expect-error A ttl that the file store would take for 30 seconds.
void partner.uploadFile({ file: new Blob(), ttl: '1 months' });

// @ts-expect-error No operation of the contract.
void partner.deleteMerchant({});
