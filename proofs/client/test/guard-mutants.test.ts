import { anyPosition } from '@partner-ecosystem/openapi/drift';
import {
  requests as requestExamples,
  responses as responseExamples,
} from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { known, requests, responses, type Validation } from '@partner-ecosystem/openapi/validators';
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
const strict = guards.contractGuard(shapes, { requests: 'throw', responses: 'throw', onDrift: () => {} });

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
  return validation.ok ? [] : distinct(validation.violations);
}

/** Places, keywords and words of the drift that a guard reports. */
function reported(check: (guard: guards.Guard) => void): string[] {
  const drifts: guards.Drift[] = [];
  const onDrift = (drift: guards.Drift) => drifts.push(drift);
  check(guards.contractGuard(shapes, { requests: 'warn', responses: 'warn', onDrift }));
  return distinct(drifts);
}

function expectedDrift(validation: Validation<unknown>): string[] {
  if (validation.ok) return [];
  return distinct(
    validation.violations.map((violation) => ({ ...violation, pointer: anyPosition(violation.pointer) })),
  );
}

function distinct(violations: readonly guards.Violation[]): string[] {
  return [...new Set(violations.map(({ pointer, keyword, word }) => `${pointer} ${keyword} ${word}`))].sort();
}

test.each(shapes)(
  `the guard and the validators agree on mutants of $operationId (SEED=${seed})`,
  ({ operationId }) => {
    const random = seededRandom(seed);
    const call = { operationId, attempts: 1 };
    const bodies: { readonly [Id in OperationId]?: object } = requestExamples;
    const validators: { readonly [Id in OperationId]?: Validate } = requests;
    const knownValidators: { readonly [Id in OperationId]?: Validate } = known.requests;
    let violating = 0;
    const compare = (
      example: unknown,
      check: (guard: guards.Guard, value: unknown) => void,
      validate: Validate,
      validateKnown: Validate,
    ) => {
      for (let mutant = 0; mutant < mutantsPerExample; mutant += 1) {
        const value = mutateJson(mutant % 2 ? mutateJson(example, random) : example, random);
        const text = JSON.stringify(value);
        const violations = expected(validate(value));
        expect(
          found(() => check(strict, value)),
          text,
        ).toEqual(violations);
        expect(
          reported((guard) => check(guard, value)),
          text,
        ).toEqual(expectedDrift(validateKnown(value)));
        if (violations.length > 0) violating += 1;
      }
    };
    const request = Object.values(bodies[operationId] ?? {})[0];
    const validate = validators[operationId];
    const validateKnown = knownValidators[operationId];
    if (request && validate && validateKnown)
      compare(request, (guard, value) => guard.request(call, value), validate, validateKnown);
    const body = Object.values(responseExamples[operationId][200])[0];
    const { validate200, validateKnown200 } = responses[operationId];
    const respond = (guard: guards.Guard, value: unknown) =>
      guard.response(call, { ok: true, status: 200, body: value });
    compare(body, respond, validate200, validateKnown200);
    expect(violating).toBeGreaterThan(mutantsPerExample / 10);
  },
);
