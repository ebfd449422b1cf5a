import { expect, test } from 'vitest';
import { asha } from '../src/demo/example-data.ts';
import { runDemo } from '../src/demo/run-demo.ts';

const secrets = /Not-a-real|Asha|Ravi|asha@|ravi@|\b000000000\d\b|XXXXX0000X|xxxxxxxx|not-a-real/;

test('the demo prints each step for two merchants, without secrets or personal data', async () => {
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
  expect(text).toMatch(/accept +valid +received/);
  expect(text).toMatch(/reject +valid +received/);
  expect(text).not.toMatch(secrets);
});

test('the demo prints a decision in the order in which it happens', async () => {
  const lines: string[] = [];
  await runDemo((line) => lines.push(line), [{ customer: asha, decision: 'accept' }]);
  const titles = lines.flatMap((line) => /^[67] {2}(\w+(?: \w+)*)/.exec(line)?.[1] ?? []);
  expect(titles.slice(titles.indexOf('Push the data'))).toEqual([
    'Push the data',
    'Callback arrives',
    'Back office decides',
    'Callback arrives',
    'Confirm by pull',
    'Code gets a decision',
  ]);
});

test('a failed demo names the step that failed', async () => {
  // Only a program without types can give a name that is no text.
  const nameless = { customer: { ...asha, name: 7 as never }, decision: 'accept' } as const;
  const failure = await runDemo(() => {}, [nameless]).catch((error: Error) => error);
  expect(failure).toMatchObject({
    name: 'StageFailedError',
    message: expect.stringMatching(/^Step 5 failed: Create a merchant/),
  });
});
