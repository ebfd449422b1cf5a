import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { faultsDocument, faultsText } from '../../generate/faults-document.ts';
import { requestFaultKinds } from '../../src/index.ts';

test('FAULTS.md is up to date', async () => {
  expect(await readFile(faultsDocument, 'utf8'), 'run npm run faults:document').toBe(faultsText());
});

test('a response can break in at least 20 ways', () => {
  expect(Object.keys(requestFaultKinds).length).toBeGreaterThanOrEqual(20);
});
