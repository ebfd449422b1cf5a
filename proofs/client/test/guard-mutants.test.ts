import {
  requests as requestExamples,
  responses as responseExamples,
} from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { requests, responses, type Validation } from '@partner-ecosystem/openapi/validators';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import * as guards from '../../../packages/client/src/guards.ts';
import { ContractError } from '../../../packages/client/src/index.ts';
import { mutateJson } from './mutate-json.ts';

type Validate = (value: unknown) => Validation<unknown>;

const mutantsPerExample = 400;
const shapes = Object.values(guards).filter(
  (value): value is guards.OperationShape => typeof value === 'object',
);
const strict = guards.contractGuard(shapes, { requests: 'throw', responses: 'throw' });

/** Places and keywords of the violations that the guard finds. */
function found(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return distinct(error.violations);
  }
}

function expected(validation: Validation<unknown>): string[] {
  if (validation.ok) return [];
  // The guard hides a name that may be a value.
  const hide = (pointer: string) => pointer.replace(/\/(?!\d+(\/|$)|[A-Za-z]\w{0,39}(\/|$))[^/]*/g, '/*');
  return distinct(
    validation.violations.map((violation) => ({ ...violation, pointer: hide(violation.pointer) })),
  );
}

function distinct(violations: readonly guards.Violation[]): string[] {
  return [...new Set(violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`))].sort();
}

test.each(shapes)(
  `the guard and the validators agree on mutants of $operationId (SEED=${seed})`,
  ({ operationId }) => {
    const random = seededRandom(seed);
    const call = { operationId, attempts: 1 };
    const bodies: { readonly [Id in OperationId]?: object } = requestExamples;
    const validators: { readonly [Id in OperationId]?: Validate } = requests;
    let violating = 0;
    const compare = (example: unknown, check: (value: unknown) => void, validate: Validate) => {
      for (let mutant = 0; mutant < mutantsPerExample; mutant += 1) {
        const value = mutateJson(mutant % 2 ? mutateJson(example, random) : example, random);
        const violations = expected(validate(value));
        expect(
          found(() => check(value)),
          JSON.stringify(value),
        ).toEqual(violations);
        if (violations.length > 0) violating += 1;
      }
    };
    const request = Object.values(bodies[operationId] ?? {})[0];
    const validate = validators[operationId];
    if (request && validate) compare(request, (value) => strict.request(call, value), validate);
    const body = Object.values(responseExamples[operationId][200])[0];
    compare(body, (value) => strict.response(call, value), responses[operationId].validate200);
    expect(violating).toBeGreaterThan(mutantsPerExample / 10);
  },
);
