import { expect, test } from 'vitest';
import { asha } from '../src/customers.ts';
import { runDemo } from '../src/run-demo.ts';

const secrets = /Not-a-real|Asha|Ravi|asha@|ravi@|\b000000000\d\b|XXXXX0000X|xxxxxxxx|not-a-real/;

test('the demo onboards two merchants, and prints no secret and nobody’s data', async () => {
  const lines: string[] = [];
  await runDemo((line) => lines.push(line));
  const text = lines.join('\n');
  for (const operation of [
    'createPartner',
    'loginPartner',
    'linkPartner',
    'assignFlows',
    'createMerchant',
    'pushMerchant',
  ])
    expect(text).toContain(operation);
  expect(text).toMatch(/accept +valid +received once/);
  expect(text).toMatch(/reject +valid +received once/);
  expect(text).not.toMatch(secrets);
});

test('a demo that fails says at which step', async () => {
  const nameless = { customer: { ...asha, name: '' }, decision: 'accept' } as const;
  const failure = await runDemo(() => {}, [nameless]).catch((error: Error) => error);
  expect(failure).toMatchObject({
    name: 'StageFailedError',
    message: expect.stringMatching(/^Step 5 failed: Create a merchant/),
  });
});
