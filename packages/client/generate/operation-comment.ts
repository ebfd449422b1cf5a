import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requests } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { isRepeatable, type Operation } from '../src/contract/operation.ts';
import { errorNameOf } from './error-name.ts';
import { printValue } from './print-value.ts';

interface Reference {
  readonly $ref: string;
}

interface DocumentedOperation {
  readonly summary: string;
  readonly description: string;
  readonly 'x-evidence': string;
  readonly 'x-evidence-basis': string;
  readonly parameters?: readonly Reference[];
  readonly responses: { readonly [status: string]: { readonly description: string } | Reference };
}

const contract: {
  readonly paths: { readonly [path: string]: { readonly [method: string]: DocumentedOperation } };
} = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve('@partner-ecosystem/openapi/openapi.json')), 'utf8'),
);

const lostResponse =
  'if the response is lost or late. Find out what happened before you send the request again.';

/** The comment of a method: its purpose, its evidence, whether the client repeats it, its errors, an example. */
export async function methodComment(operationId: OperationId): Promise<string> {
  const { responses } = documented(operationId);
  return [
    ...introduction(operationId),
    `@returns The body of the response. ${descriptionOf(responses[operations[operationId].success[0]])}`,
    ...(await statusErrors(operationId)),
    ...otherErrors(operationId),
    ...example(`const result = await partner.${operationId}(${printInput(operationId)});`),
  ].join('\n');
}

/** The comment of a raw method, which resolves to a response with any status. */
export function rawMethodComment(operationId: OperationId): string {
  return [
    ...introduction(operationId),
    '@returns The whole response, with any status. If `ok` is false, `error` is what the method without `raw` throws.',
    ...(isRepeatable(operations[operationId]) ? [] : [`@throws OutcomeUnknownError ${lostResponse}`]),
    ...otherErrors(operationId),
    ...example(
      `const response = await partner.raw.${operationId}(${printInput(operationId)});`,
      'if (response.ok) console.log(response.body);',
    ),
  ].join('\n');
}

function introduction(operationId: OperationId): string[] {
  const { summary, description, ...operation } = documented(operationId);
  const { method, path } = operations[operationId];
  const repetition = isRepeatable(operations[operationId])
    ? 'Safe to repeat: the client retries transient failures.'
    : 'Not idempotent: the client sends the request again only if the provider has certainly not applied it.';
  return [
    `${summary}. ${description}`,
    '',
    repetition,
    '',
    `\`${method} ${path}\` is ${operation['x-evidence']}: ${operation['x-evidence-basis']}`,
    '',
  ];
}

/** The documented statuses, by the class of error that the client throws. */
async function statusErrors(operationId: OperationId): Promise<string[]> {
  const { responses } = documented(operationId);
  const byClass = new Map<string, string[]>();
  for (const status of Object.keys(responses).filter((status) => !status.startsWith('2'))) {
    const name = await errorNameOf(operationId, exampleInput(operationId), Number(status));
    const reason = `${status}: ${firstSentence(descriptionOf(responses[status]))}`;
    byClass.set(name, [...(byClass.get(name) ?? []), reason]);
  }
  return [...byClass].map(([name, reasons]) => {
    const also = name === 'OutcomeUnknownError' ? ` Also ${lostResponse}` : '';
    return `@throws ${name} on ${reasons.join(' ')}${also}`;
  });
}

/** Errors without a response of the operation. */
function otherErrors(operationId: OperationId): string[] {
  const operation: Operation = operations[operationId];
  const needsLogin = operation.security.includes('PartnerToken');
  return [
    ...(needsLogin ? ['@throws LoginError if the login is rejected. The request was not sent.'] : []),
    '@throws ConnectionError, TimeoutError if no complete response arrives, and the call has certainly changed nothing.',
    '@throws AbortedError if your signal ends the call, and the call has certainly changed nothing.',
  ];
}

function documented(operationId: OperationId): DocumentedOperation {
  const { method, path } = operations[operationId];
  const operation = contract.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`The bundled contract has no ${operationId}. Build the contract.`);
  return operation;
}

function descriptionOf(response: DocumentedOperation['responses'][string] | undefined): string {
  return resolve<{ description: string }>(response).description;
}

function exampleInput(operationId: OperationId): object {
  const { parameters = [] } = documented(operationId);
  const named = parameters.map((parameter) => resolve<{ name: string; example: unknown }>(parameter));
  const examples: { readonly [Id in OperationId]?: object } = requests;
  const [body] = Object.values(examples[operationId] ?? {});
  return body ?? Object.fromEntries(named.map(({ name, example }) => [name, example]));
}

function printInput(operationId: OperationId): string {
  const printed = printValue(exampleInput(operationId));
  const { requestType }: Operation = operations[operationId];
  const isForm = requestType === 'multipart/form-data';
  return isForm ? printed.replace(/(file: )'.*'/, '$1new Blob([bytes])') : printed;
}

function example(...code: readonly string[]): string[] {
  return ['@example', '```ts', ...code, '```'];
}

function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

/** Follows a reference of the bundled contract. The contract's own tests check the type of the referenced value. */
function resolve<Value>(value: unknown): Value {
  const { $ref } = Object(value) as Partial<Reference>;
  if ($ref === undefined) return value as Value;
  return $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((parent, name) => Object(parent)[name], contract) as Value;
}
