import { expect, test } from 'vitest';
import { faultsText, readFaultsDocument } from '../generate/faults-document.ts';
import { requestFaultKinds } from '../src/index.ts';

test('the page about faults says what the code knows of them', async () => {
  expect(await readFaultsDocument(), 'run npm run faults:document').toBe(faultsText);
});

test('there are at least 20 ways to break an answer', () => {
  expect(Object.keys(requestFaultKinds).length).toBeGreaterThanOrEqual(20);
});
