import { expect } from 'vitest';
import { storeFile } from '../../src/index.ts';
import { fileBytes, merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

/** Reads the file of a form that arrived. */
function fileIn(body: Buffer<ArrayBuffer>, type: string | undefined): Uint8Array {
  const text = body.toString('latin1');
  const boundary = /boundary="?([^";]+)/.exec(`${type}`)?.[1];
  const part = text.split(`--${boundary}`).find((candidate) => candidate.includes('name="file"')) ?? '';
  return Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4, -2), 'latin1');
}

/** Sends each kind of request, with the globals of the test's environment. */
export async function sendEverything(file: Blob): Promise<void> {
  await using provider = await startProvider();
  await provider.partner.pullMerchant(pull);
  await provider.partner.createMerchant(merchant);
  await storeFile(provider.partner, file, '1 month');
  const [, pulled, created, stored] = provider.arrivals;
  expect(pulled?.headers.authorization).toBeDefined();
  expect(created?.headers['content-type']).toBe('application/json');
  expect(JSON.parse(`${created?.body}`)).toEqual(merchant);
  const bytes = fileIn(stored?.body ?? Buffer.of(), stored?.headers['content-type']);
  expect([...bytes]).toEqual([...fileBytes]);
}
