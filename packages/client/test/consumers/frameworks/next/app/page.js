import { createPartnerClient } from '@partner-ecosystem/client';
import { connection } from 'next/server';

// Next.js then caches the response of every GET that does not ask for the opposite.
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
