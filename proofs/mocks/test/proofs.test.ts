import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { responses } from '@partner-ecosystem/openapi/schemas';
import { expect, test } from 'vitest';
import { generate } from '../../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import { SecondOpinion } from '../second-opinion.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../..', import.meta.url));
const stripped = ['--import', './mocks/without-examples.ts'];

/** A slice of each proof; `npm run mocks -w proofs` runs them whole. */
test.each([
  ['truth', [...stripped, 'mocks/truth.ts', '--responses', '600', '--seeds', '6'], ', 0 do not'],
  ['strict', ['mocks/strict.ts', '--share', '5', '--valid', '150'], ': 0 not refused with the right pointer'],
  ['life cycle', ['mocks/life-cycle.ts', '--runs', '400'], ': 0 divergences'],
  ['stable seeds', ['mocks/stable-seeds.ts', '--edits', '60'], ': 0 changed'],
  ['isolation', ['mocks/isolation.ts', '--sandboxes', '40', '--requests', '900'], '0 cross-reads'],
])('the proof of %s holds', { timeout: 120_000 }, async (_, args, figure) => {
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(stdout).toContain(figure);
});

test('the second opinion is one: it refuses what the contract does not allow', () => {
  const opinion = new SecondOpinion();
  expect(opinion.ofResponse('createMerchant', 200, { id: 'x', status: 'new' })).toEqual([]);
  expect(opinion.ofResponse('createMerchant', 200, { id: 7, status: 'new' })).not.toEqual([]);
  expect(opinion.ofResponse('createMerchant', 200, { id: 'x' })).not.toEqual([]);
  expect(opinion.ofResponse('createMerchant', 418, {})).toEqual(['createMerchant may not answer 418']);
  expect(opinion.ofCallback('accept', { merchantData: {} })).not.toEqual([]);
});

test('whatever the generator makes of a response holds to the contract', () => {
  const opinion = new SecondOpinion();
  const { createMerchant, pullMerchant } = responses;
  for (let seed = 0; seed < 40; seed++)
    for (const extent of ['required', 'everything'] as const) {
      const make = (schema = {}) => generate(schema, createDerive(seed), 'any', extent);
      expect(opinion.ofResponse('createMerchant', 200, make(createMerchant[200]))).toEqual([]);
      expect(opinion.ofResponse('pullMerchant', 200, make(pullMerchant[200]))).toEqual([]);
    }
});
