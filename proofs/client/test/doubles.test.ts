import { expect, it } from 'vitest';
import { createMany } from '../create-many.ts';

const creates = 400;
const seed = 7;
const patient = 60_000;

it(
  `doubles none of ${creates} merchants though a fifth of the answers is lost, and tells of each, seed ${seed}`,
  async () => {
    const { doubled, silent, ends, lost } = await createMany(creates, seed, false);
    expect({ doubled, silent, refused: ends.refused }).toEqual({ doubled: 0, silent: 0, refused: 0 });
    expect(ends.unknown).toBe(lost.answers);
    expect(ends.created).toBe(creates - lost.answers);
    expect(lost.answers).toBeGreaterThan(creates / 10);
  },
  patient,
);

it(
  `creates each of ${creates} merchants exactly once where its records can be asked, seed ${seed}`,
  async () => {
    const { doubled, silent, missing, ends, lost } = await createMany(creates, seed, true);
    expect({ doubled, silent, missing, ...ends }).toEqual({
      ...{ doubled: 0, silent: 0, missing: 0 },
      ...{ created: creates, unknown: 0, refused: 0 },
    });
    expect(lost.answers).toBeGreaterThan(creates / 10);
  },
  patient,
);
