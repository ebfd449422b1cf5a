import * as examples from '@partner-ecosystem/openapi/examples';
import { requests, responses, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import { expect, test } from 'vitest';

interface Case {
  title: string;
  example: unknown;
  validate: Validator<unknown> | undefined;
}

const cases: Case[] = [
  ...casesOf('request of', examples.requests, (operation) => requests[operation]),
  ...Object.entries(examples.responses).flatMap(([operation, byStatus]) => {
    const validators: Record<string, Validator<unknown>> = responses[operation as keyof typeof responses];
    return casesOf(`${operation} response`, byStatus, (status) => validators[`validate${status}`]);
  }),
  ...casesOf('callback', examples.webhooks, (event) => webhooks[event].validate),
];

function casesOf<Bodies extends object>(
  what: string,
  bodies: Bodies,
  validatorOf: (key: keyof Bodies) => Validator<unknown> | undefined,
): Case[] {
  return Object.entries(bodies).flatMap(([key, named]) =>
    Object.entries(named as object).map(([name, example]) => ({
      title: `${what} ${key}, ${name}`,
      example,
      validate: validatorOf(key as keyof Bodies),
    })),
  );
}

test('every request, response and callback has an example', () => {
  expect(Object.keys(examples.requests)).toEqual(Object.keys(requests));
  expect(Object.keys(examples.webhooks)).toEqual(Object.keys(webhooks));
  for (const [operation, byStatus] of Object.entries(responses)) {
    const statuses = Object.keys(examples.responses[operation as keyof typeof examples.responses]);
    expect(Object.keys(byStatus).sort()).toEqual(
      statuses.flatMap((status) => [`validate${status}`, `validateKnown${status}`]).sort(),
    );
  }
});

test.each(cases)('the example matches its schema: $title', ({ example, validate }) => {
  expect(validate?.(example)).toEqual({ ok: true, value: example });
});

test('the examples of callbacks and responses contain no drift', () => {
  const drift = (validator: Validator<unknown> | undefined, example: unknown) => {
    const validation = validator?.(example);
    return validation?.ok === false ? validation.violations : [];
  };
  for (const [event, named] of Object.entries(examples.webhooks))
    for (const example of Object.values(named))
      expect(drift(webhooks[event as keyof typeof webhooks].validateKnown, example)).toEqual([]);
  for (const [operation, byStatus] of Object.entries(examples.responses)) {
    const validators: Record<string, Validator<unknown>> = responses[operation as keyof typeof responses];
    for (const [status, named] of Object.entries(byStatus))
      for (const example of Object.values(named))
        expect(drift(validators[`validateKnown${status}`], example), `${operation} ${status}`).toEqual([]);
  }
});
