import { createPartnerClient } from '@partner-ecosystem/client';
import { connection } from 'next/server';

// With this setting, Next.js caches the response to every GET whose `cache` option does not forbid this.
export const fetchCache = 'default-cache';

const url = process.env.PARTNER_URL;
const partner = createPartnerClient({
  goUrl: url,
  backopsUrl: url,
  persistUrl: url,
  credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
});

export default async function Page() {
  await connection();
  const { result } = await partner.pullMerchant({
    merchantId: '6553f1000000000000000004',
    realmId: '6553e0000000000000000002',
  });
  return <p>{result.merchantData.basicDetails.status}</p>;
}
