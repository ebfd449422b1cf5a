const url = process.env.PARTNER_URL;
const servers = { goUrl: url, backopsUrl: url, persistUrl: url };
const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
const partner = createPartnerClient({ ...servers, credentials, retry: false });
const ids = { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };

test('a body arrives as JSON', async () => {
  const merchant = JSON.parse(process.env.MERCHANT);
  expect(typeof (await partner.createMerchant(merchant)).id).toBe('string');
});

test('a file arrives', async () => {
  const file = new File(['not an image'], 'photo.jpg', { type: 'image/jpeg' });
  expect((await partner.uploadFile({ file })).file).toBeDefined();
});

test('a refused connection has its class and its code', async () => {
  const unreachable = createPartnerClient({
    ...servers,
    goUrl: process.env.CLOSED_URL,
    credentials,
    retry: false,
  });
  const failure = unreachable.pullMerchant(ids);
  await expect(failure).rejects.toBeInstanceOf(ConnectionError);
  await expect(failure).rejects.toMatchObject({ code: process.env.NETWORK_CODE });
});
