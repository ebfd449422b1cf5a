import {
  createPartnerClient,
  NotFoundError,
  OutcomeUnknownError,
  PartnerError,
  ValidationError,
} from '@partner-ecosystem/client';

// A function can read rotating credentials, for example from a vault.
const credentials = async () => ({ username: 'example-broker', password: 'Not-a-real-password-1' });
const partner = createPartnerClient({ environment: 'preproduction', credentials });

try {
  const merchant = await partner.createMerchant({
    realmId: '6553e0000000000000000002',
    realm: 'acme-onboarding',
    name: 'Asha Example',
    email: 'asha@example.com',
    mobile: '0000000002',
    flowId: '6553e0000000000000000003',
    signzyAppId: 'EXAMPLE-0001',
  });
  console.log(merchant.id);
} catch (error) {
  if (error instanceof OutcomeUnknownError) console.error('check whether it exists:', error.signzyAppId());
  else if (error instanceof ValidationError) console.error('correct these fields:', error.fields);
  else if (error instanceof NotFoundError) console.error('no such realm or flow');
  else if (error instanceof PartnerError) console.error(error.operationId, error.message);
  else throw error;
}
