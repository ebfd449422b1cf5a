import { readFile } from 'node:fs/promises';
import { Validator } from '@cfworker/json-schema';
import { registerSchema, validate } from '@hyperjump/json-schema/draft-2020-12';
import type { Contract } from '../../openapi/generate/contract/contract.ts';
import { resolve } from '../../openapi/generate/contract/contract.ts';
import { mapBodies, mapValues } from '../../openapi/generate/contract/operations.ts';
import { contract, type ToolCheck, type ToolResult } from './tool-check.ts';

interface Example {
  readonly name: string;
  readonly schema: object;
  readonly value: unknown;
}

type Accepts = (example: Example, schemas: object) => boolean | Promise<boolean>;

/** Third-party validators that check every example of a body. */
export const exampleValidators: readonly ToolCheck[] = [
  {
    tool: '@cfworker/json-schema',
    run: () =>
      checkExamples(({ schema, value }, schemas) => {
        const validator = new Validator({ ...schema, components: { schemas } }, '2020-12', false);
        return validator.validate(value).valid;
      }),
  },
  {
    tool: '@hyperjump/json-schema',
    run: () =>
      checkExamples(async ({ name, schema, value }, schemas) => {
        const id = `https://contract.invalid/${encodeURIComponent(name)}`;
        const $schema = 'https://json-schema.org/draft/2020-12/schema';
        registerSchema(JSON.parse(JSON.stringify({ $schema, ...schema, components: { schemas } })), id);
        return (await validate(id, JSON.parse(JSON.stringify(value)))).valid;
      }),
  },
];

async function checkExamples(accepts: Accepts): Promise<ToolResult> {
  const document = JSON.parse(await readFile(contract, 'utf8')) as Contract;
  const examples = examplesOf(document);
  const problems: string[] = [];
  for (const example of examples)
    if (!(await accepts(example, document.components.schemas))) problems.push(`${example.name} is refused.`);
  return { checked: `${examples.length} examples`, problems };
}

function examplesOf(document: Contract): Example[] {
  const bodies = mapBodies(document, ({ schema, examples = {} }) =>
    Object.entries(examples).map(([name, example]) => ({
      name,
      schema,
      value: resolve(document, example).value,
    })),
  );
  const { requests, responses, webhooks } = bodies;
  const named = (place: string, list: Example[]) =>
    list.map((example) => ({ ...example, name: `${place} ${example.name}` }));
  return [
    ...Object.values(mapValues(requests, (list, id) => named(`request ${id}`, list))),
    ...Object.values(mapValues(webhooks, (list, event) => named(`callback ${event}`, list))),
    ...Object.values(responses).flatMap((byStatus, at) =>
      Object.values(
        mapValues(byStatus, (list, status) =>
          named(`response ${Object.keys(responses)[at]} ${status}`, list),
        ),
      ),
    ),
  ].flat();
}
