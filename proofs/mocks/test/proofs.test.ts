import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { responses } from '@partner-ecosystem/openapi/schemas';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { generate } from '../../../packages/mocks/src/core/contract/generate.ts';
import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';
import { SecondValidator } from '../contract/second-validator.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('..', import.meta.url));
const withoutExamples = ['--import', './contract/without-examples.ts'];

/** A slice of each proof, except of the proof of load. `npm run mocks -w proofs` runs the whole proofs. */
test.each([
  ['conformance', [...withoutExamples, 'conformance.ts', '--responses', '300', '--seeds', '3'], ', 0 do not'],
  ['strict', ['strict.ts', '--share', '3', '--valid', '80'], ': 0 not refused with the right pointer'],
  ['life cycle', ['life-cycle.ts', '--runs', '400'], ': 0 divergences'],
  ['stable seeds', ['stable-seeds.ts'], ': 0 changed'],
  ['seeds', ['seeds.ts', '--sandboxes', '20', '--repeats', '2'], ', 0 shared'],
  ['mutated scenarios', ['mutated-scenarios.ts', '--mutants', '20'], ', 0 did neither'],
  ['isolation', ['isolation.ts', '--sandboxes', '20', '--requests', '400'], '0 cross-reads'],
])(`the proof of %s holds (SEED=${seed})`, async (_, args, result) => {
  const { stdout } = await run(process.execPath, [...args, '--seed', `${seed}`], { cwd: folder });
  expect(stdout).toContain(result);
});

test('the second validator refuses what the contract does not allow', () => {
  const validator = new SecondValidator();
  expect(validator.validateResponse('createMerchant', 200, { id: 'x', status: 'new' })).toEqual([]);
  expect(validator.validateResponse('createMerchant', 200, { id: 7, status: 'new' })).not.toEqual([]);
  expect(validator.validateResponse('createMerchant', 200, { id: 'x' })).not.toEqual([]);
  expect(validator.validateResponse('createMerchant', 418, {})).toEqual([
    'The contract has no JSON body for createMerchant 418',
  ]);
  expect(validator.validateCallback('accept', { merchantData: {} })).not.toEqual([]);
});

test('for the second validator too, a format is a description and no rule', () => {
  const validator = new SecondValidator();
  const partner = { id: 'x', username: 'example', email: '7' };
  expect(validator.validateResponse('createPartner', 200, partner)).toEqual([]);
  expect(validator.validateResponse('createPartner', 200, { ...partner, email: 7 })).not.toEqual([]);
});

test('every generated response conforms to the contract', () => {
  const validator = new SecondValidator();
  const { createMerchant, pullMerchant } = responses;
  for (let seed = 0; seed < 40; seed++)
    for (const extent of ['required', 'everything'] as const) {
      const make = (schema = {}) => generate(schema, createDerive(seed), 'any', extent);
      expect(validator.validateResponse('createMerchant', 200, make(createMerchant[200]))).toEqual([]);
      expect(validator.validateResponse('pullMerchant', 200, make(pullMerchant[200]))).toEqual([]);
    }
});
