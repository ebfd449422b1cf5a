import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { createMany } from '../create-many.ts';

const creates = 400;

test(`${creates} creates with lost responses cause no duplicate, and each is reported, seed ${seed}`, async () => {
  const { duplicates, silent, ends, lost } = await createMany(creates, seed, false);
  expect({ duplicates, silent }).toEqual({ duplicates: 0, silent: 0 });
  expect(lost.responses).toBeGreaterThan(creates / 10);
  expect(ends).toEqual({ created: creates - lost.responses, unknown: lost.responses, failed: 0 });
});

test(`with findMerchant, ${creates} creates create each merchant exactly once, seed ${seed}`, async () => {
  const { duplicates, silent, missing, ends, lost } = await createMany(creates, seed, true);
  expect({ duplicates, silent, missing }).toEqual({ duplicates: 0, silent: 0, missing: 0 });
  expect(lost.responses).toBeGreaterThan(creates / 10);
  expect(ends).toEqual({ created: creates, unknown: 0, failed: 0 });
});
