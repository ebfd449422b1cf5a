import { type OperationId, operations, servers } from '@partner-ecosystem/openapi/operations';
import type { MediaType } from '../../../../openapi/generate/contract/contract.ts';
import {
  aspectsOf,
  evidenceOf,
  type NamedOperation,
  operationsOf,
} from '../../../../openapi/generate/contract/operations.ts';
import { code, codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { table } from '../markdown/table.ts';
import { classificationWords } from './classification-words.ts';
import { reactionOf } from './client-reaction.ts';
import { contract, resolveSchema, textOf } from './contract.ts';
import { bodyOf } from './describe-body.ts';
import { type Advice, readAdvice } from './error-advice.ts';
import { errorResponses } from './error-responses.ts';
import { statusName, statusPath } from './error-statuses.ts';
import { evidenceWords } from './evidence-words.ts';
import { meaningWords, typeWords } from './property-rows.ts';
import { readSamples } from './read-samples.ts';
import { operationRoute } from './reference-routes.ts';

/** A page for each operation: request, response, errors, evidence, and a sample in each language. */
export async function createOperationPages(): Promise<Page[]> {
  const advice = await readAdvice();
  return Promise.all(operationsOf(contract).map((operation) => createOperationPage(operation, advice)));
}

async function createOperationPage(operation: NamedOperation, advice: Advice): Promise<Page> {
  const { operationId, method, path, evidence, aspects } = operation;
  const known = operations[operationId as OperationId];
  const source = contract.paths[path]?.[method] ?? {};
  const summary = textOf(source, 'summary');
  const body = `
**${summary}**

${codeBlock('http', `${known.method} ${servers[known.server]}${path}`)}

${textOf(source, 'description')}

**Token:** ${tokenWords(known.security)}

**Evidence:** ${evidenceWords(evidence, aspects)} [What this means](/trust/)

## Samples

${await samplesOf(known.operationId, source)}

## Request

${requestOf(operation)}

## Response

${responseOf(operation, source)}

## Errors

${await errorTable(operation, advice)}

The [reference](/reference/${operationRoute(operationId)}) shows the same operation. There you can unfold and search properties.
`;
  return {
    slug: `operations/${operationId}`,
    title: operationId,
    description: `${summary}: ${known.method} ${path}. Request, response, errors, and samples in three languages.`,
    body,
  };
}

/** The samples of an operation. They are programs for our contract, so a corrected operation has none. */
async function samplesOf(operationId: OperationId, source: object): Promise<string> {
  if ('x-corrected' in source) return 'Your overlay corrects this operation. Our samples of it are left out.';
  const samples = await readSamples(operationId);
  return [
    'Each sample is part of a program that the tests run against the sandbox.',
    ...samples.map(({ language, syntax, code }) => `### ${language}\n\n${codeBlock(syntax, code)}`),
  ].join('\n\n');
}

/** Who may call an operation, from its security schemes. */
function tokenWords(schemes: readonly string[]): string {
  if (schemes.length === 0) return 'none.';
  const words: Readonly<Record<string, string>> = {
    PartnerToken: "the partner's, in `Authorization`, without `Bearer`",
    AdministratorToken: "the administrator's, in `Authorization`, without `Bearer`",
    AccessTokenQuery: 'the same token in the query as `access_token`, which ends up in logs',
  };
  return `${schemes.map((scheme) => words[scheme] ?? code(scheme)).join('; or ')}.`;
}

function requestOf({ parameters, request }: NamedOperation): string {
  const rows = parameters.map((parameter) => [
    code(parameter.name),
    parameter.in,
    typeWords(resolveSchema(parameter.schema)),
    meaningWords(
      textOf(parameter, 'description'),
      parameter.required ?? false,
      evidenceOf(parameter),
      aspectsOf(parameter),
    ),
    dataOf(parameter.schema),
  ]);
  return [
    ...(rows.length > 0 ? [table(['parameter', 'in', 'type', 'meaning', 'data'], rows)] : []),
    ...(request ? [`The body is ${code(request.contentType)}.`, bodyOf(request.body)] : []),
  ].join('\n\n');
}

function dataOf(schema: MediaType['schema']): string {
  const classification = resolveSchema(schema)['x-data-classification'];
  return classification ? classificationWords(classification) : '';
}

function responseOf({ responses }: NamedOperation, source: object): string {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return successes
    .map(([status, { 'application/json': body }]) => {
      const described = (source as { responses?: Record<string, object> }).responses?.[status] ?? {};
      return [`**${status}**: ${textOf(described, 'description')}`, ...(body ? [bodyOf(body)] : [])].join(
        '\n\n',
      );
    })
    .join('\n\n');
}

async function errorTable({ operationId }: NamedOperation, advice: Advice): Promise<string> {
  const id = operationId as OperationId;
  const responses = errorResponses().filter(({ operationIds }) => operationIds.includes(id));
  const rows = await Promise.all(
    responses
      .toSorted((left, right) => left.status.localeCompare(right.status, 'en'))
      .map(async ({ status, description, examples }) => {
        const codes = examples.flatMap((example) => example.code ?? []);
        const reactions = await Promise.all(examples.map((example) => reactionOf(id, example)));
        const errors = [...new Set(reactions.map(({ error }) => error))];
        return [
          `[${status} ${statusName(status)}](${statusPath(status)})`,
          codes.map((each) => `[${code(each)}](/errors/#${each.toLowerCase()})`).join(', '),
          description,
          errors.map((error) => `${code(error)}: ${advice(error)}`).join('<br>'),
        ];
      }),
  );
  return table(['status', 'codes', 'meaning', 'what to do'], rows);
}
