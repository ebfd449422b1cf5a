import { writeFile } from 'node:fs/promises';
import {
  type Contract,
  type Example,
  type MediaType,
  operationsOf,
  resolve,
  webhooksOf,
} from '../contract/contract.ts';
import { typeOfSchema } from '../schemas/type-of-schema.ts';

/** Writes `examples.js`: every example of the contract, by operation or event, and by its name there. */
export async function writeExamples(contract: Contract, dist: URL): Promise<void> {
  const operations = operationsOf(contract);
  const requests = operations.flatMap(({ operationId, request }) =>
    request ? [{ key: operationId, body: request.body }] : [],
  );
  const webhooks = webhooksOf(contract).map(({ event, body }) => ({ key: event, body }));
  const responses = operations.map(({ operationId, responses }) => ({
    operationId,
    bodies: [...responses].flatMap(([status, content]) =>
      content['application/json'] ? [{ key: status, body: content['application/json'] }] : [],
    ),
  }));

  const values = (bodies: Keyed[]) =>
    Object.fromEntries(bodies.map(({ key, body }) => [key, exampleValues(contract, body)]));
  const types = (bodies: Keyed[]) =>
    bodies.map(({ key, body }) => `readonly ${key}: ${exampleType(body)};`).join('\n  ');

  await Promise.all([
    writeFile(
      new URL('examples.js', dist),
      [
        `export const requests = ${JSON.stringify(values(requests), null, 2)};`,
        `export const responses = ${JSON.stringify(Object.fromEntries(responses.map(({ operationId, bodies }) => [operationId, values(bodies)])), null, 2)};`,
        `export const webhooks = ${JSON.stringify(values(webhooks), null, 2)};\n`,
      ].join('\n'),
    ),
    writeFile(
      new URL('examples.d.ts', dist),
      `import type { components } from './schema.d.ts';

/** Example bodies of each operation's request. Copy before you change one. */
export declare const requests: {
  ${types(requests)}
};

/** Example bodies of each operation's responses, by status. Copy before you change one. */
export declare const responses: {
  ${responses.map(({ operationId, bodies }) => `readonly ${operationId}: {\n  ${types(bodies)}\n  };`).join('\n  ')}
};

/** Example bodies of each event's callback. Copy before you change one. */
export declare const webhooks: {
  ${types(webhooks)}
};
`,
    ),
  ]);
}

interface Keyed {
  key: string;
  body: MediaType;
}

function exampleValues(contract: Contract, body: MediaType): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body.examples ?? {}).map(([name, example]) => [
      name,
      resolve<Example>(contract, example).value,
    ]),
  );
}

function exampleType(body: MediaType): string {
  const type = typeOfSchema(body.schema);
  return `{ ${Object.keys(body.examples ?? {})
    .map((name) => `readonly ${name}: ${type}`)
    .join('; ')} }`;
}
