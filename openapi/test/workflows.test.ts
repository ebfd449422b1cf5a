import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Contract, resolve } from '../generate/contract/contract.ts';
import { operationsOf } from '../generate/contract/operations.ts';

interface Step {
  readonly stepId: string;
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string; readonly value: unknown }[];
  readonly successCriteria?: readonly { readonly condition: string }[];
}

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const contract = JSON.parse(read('dist/openapi.json')) as Contract;
const files = globSync('workflows/**/*.arazzo.yaml', { cwd: root.pathname }).sort();

/** What a client always sends with an operation, by name. */
const alwaysSent = new Map(
  operationsOf(contract).map(({ operationId, path, method }) => {
    const parameters = contract.paths[path]?.[method]?.parameters ?? [];
    const sent = parameters
      .map((parameter) => resolve(contract, parameter))
      .flatMap(({ name, 'x-always-sent': value }) => (value === undefined ? [] : [[name, value]]));
    return [`$sourceDescriptions.partner.${operationId}`, sent];
  }),
);

test.each(files)('%s sends with each call what a client always sends', (file) => {
  const { workflows } = parse(read(file)) as { workflows: { steps: Step[] }[] };
  const steps = workflows.flatMap((workflow) => workflow.steps);
  expect(steps).not.toEqual([]);
  for (const { stepId, operationId = '', parameters = [] } of steps)
    for (const [name, value] of alwaysSent.get(operationId) ?? [])
      expect(String(parameters.find((parameter) => parameter.name === name)?.value), stepId).toBe(value);
});

// The runner of the workflows ignores the third part.
test.each(files)('%s joins only two parts of a condition without parentheses', (file) => {
  const { workflows } = parse(read(file)) as { workflows: { steps: Step[] }[] };
  const criteria = workflows.flatMap(({ steps }) => steps.flatMap((step) => step.successCriteria ?? []));
  expect(criteria).not.toEqual([]);
  for (const { condition } of criteria)
    for (const level of condition.split(/[()]/)) expect(level.split('&&').length, condition).toBeLessThan(3);
});
