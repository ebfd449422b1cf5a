import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { createMany } from '../create-many.ts';

const creates = 100;

// The provider may work for as long as a busy machine needs for a create.
const limits = { maxLateMs: 50, maxProcessingMs: 1500, timeoutMs: 1500, concurrency: 15 };

test.each([
  { withRecords: false, trustFetchErrors: false },
  { withRecords: false, trustFetchErrors: true },
  { withRecords: true, trustFetchErrors: false },
  { withRecords: true, trustFetchErrors: true },
])(
  `${creates} creates break no promise: records $withRecords, trust $trustFetchErrors, seed ${seed}`,
  async (mode) => {
    const { counts, overdue, ends, ...wrong } = await createMany({ creates, seed, ...mode, ...limits });
    expect(wrong).toEqual({ doubled: 0, silent: 0, denied: 0 });
    expect(Object.values(counts).reduce((sum, each) => sum + each)).toBeGreaterThan(creates / 5);
    expect(ends.created + overdue).toBeGreaterThan(creates / 5);
  },
);
