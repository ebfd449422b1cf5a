import {
  createPartnerClient,
  NotFoundError,
  OutcomeUnknownError,
  PartnerError,
  storeFile,
  ValidationError,
} from '@partner-ecosystem/client';

const partner = createPartnerClient({
  environment: 'preproduction',
  credentials: () => ({
    username: process.env['PARTNER_USERNAME'] ?? '',
    password: process.env['PARTNER_PASSWORD'] ?? '',
  }),
});

const realmId = '6553e0000000000000000002';

try {
  const merchant = await partner.createMerchant({
    realmId,
    realm: 'acme-onboarding',
    name: 'Asha Example',
    email: 'asha@example.com',
    mobile: '0000000002',
    flowId: '6553e0000000000000000003',
    signzyAppId: 'EXAMPLE-0001',
  });
  const photo = new File(['(the bytes of the file)'], 'photo.jpg', { type: 'image/jpeg' });
  const photoUrl = await storeFile(partner, photo, '1 month');
  const pulled = await partner.pullMerchant({ merchantId: merchant.id, realmId });
  console.log(photoUrl.length > 0, pulled.result.merchantData.basicDetails.status);
} catch (error) {
  if (error instanceof OutcomeUnknownError) console.error('look whether it exists:', error.signzyAppId());
  else if (error instanceof ValidationError) console.error('correct these fields:', error.fields);
  else if (error instanceof NotFoundError) console.error('no such realm, flow or merchant');
  else if (error instanceof PartnerError) console.error(error.operationId, error.message);
  else throw error;
}
