import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createPartnerClient } from '@partner-ecosystem/client';
import { asha, broker, workplace } from './demo/example-data.ts';
import { onboardMerchant } from './steps/onboard-merchant.ts';

// Adds a case to the sandbox of `npm start`. The case then waits in the back office.
try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
  const url = `http://127.0.0.1:${values.port}`;
  const partner = createPartnerClient({
    goUrl: url,
    backopsUrl: url,
    persistUrl: url,
    credentials: broker,
    retry: false,
  });
  const signzyAppId = `EXAMPLE-${randomInt(10_000, 100_000)}`;
  await onboardMerchant(partner, workplace, { ...asha, signzyAppId });
  console.log(`Case ${signzyAppId} waits in the back office.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('Run "npm start" first, and give --port if it printed another port.');
  process.exitCode = 1;
}
