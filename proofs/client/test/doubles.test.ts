import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { createMany } from '../create-many.ts';

const creates = 150;

test.concurrent.each([
  { withRecords: false, trustFetchErrors: false },
  { withRecords: false, trustFetchErrors: true },
  { withRecords: true, trustFetchErrors: false },
  { withRecords: true, trustFetchErrors: true },
])(
  `${creates} creates break no promise: records $withRecords, trust $trustFetchErrors, seed ${seed}`,
  { timeout: 120_000 },
  async (mode) => {
    // Long enough for a busy machine, on which the provider stores later than it meant to.
    const limits = { maxLateMs: 50, maxProcessingMs: 1000, timeoutMs: 1000 };
    const { counts, ends, doubled, silent, denied } = await createMany({ creates, seed, ...mode, ...limits });
    expect({ doubled, silent, denied }).toEqual({ doubled: 0, silent: 0, denied: 0 });
    expect(Object.values(counts).reduce((sum, each) => sum + each)).toBeGreaterThan(creates / 5);
    expect(ends.created).toBeGreaterThan(creates / 3);
  },
);
