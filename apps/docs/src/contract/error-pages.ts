import type { Evidence } from '@partner-ecosystem/openapi/evidence';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { resolve } from '../../../../openapi/generate/contract/contract.ts';
import { evidenceOf, mapValues, operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { code, codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { table } from '../markdown/table.ts';
import { type ErrorExample, reactionOf } from './client-reaction.ts';
import { contract, textOf } from './contract.ts';
import { type Advice, readAdvice } from './error-advice.ts';
import { statusName, statusPath } from './error-statuses.ts';
import { evidenceWords } from './evidence-words.ts';

/** An error response of the contract: its causes, its examples, and the operations that have it. */
interface ErrorResponse {
  readonly status: string;
  readonly description: string;
  readonly evidence: Evidence;
  readonly operationIds: readonly OperationId[];
  readonly examples: readonly NamedExample[];
}

interface NamedExample extends ErrorExample {
  readonly summary: string;
  readonly code?: string;
}

/** The page of all statuses and codes, and a page of each status: its causes, what the client does, and what to do. */
export async function createErrorPages(): Promise<Page[]> {
  const responses = errorResponses();
  const advice = await readAdvice();
  const statuses = [...new Set(responses.map(({ status }) => status))].sort();
  const statusPages = statuses.map((status) => {
    const ofStatus = responses.filter((response) => response.status === status);
    return createStatusPage(status, ofStatus, advice);
  });
  return [createErrorsPage(responses, statuses), ...(await Promise.all(statusPages))];
}

function createErrorsPage(responses: readonly ErrorResponse[], statuses: readonly string[]): Page {
  const rows = statuses.map((status) => [
    `[${status} ${statusName(status)}](${statusPath(status)})`,
    [...new Set(responses.filter((each) => each.status === status).map((each) => each.description))].join(
      '<br>',
    ),
  ]);
  return {
    slug: 'errors',
    title: 'Errors',
    description: 'Each status and each error code, with links to their causes and what to do.',
    body: `
The HTTP status decides what an error means. The \`code\` in the body is often missing, and a proxy may respond with HTML.
The client turns each response into an error with a class. What each class means:
[errors of the client](/client/errors/).

## Statuses

${table(['status', 'meaning'], rows)}

${codeTable(responses)}
`,
  };
}

async function createStatusPage(
  status: string,
  responses: readonly ErrorResponse[],
  advice: Advice,
): Promise<Page> {
  const title = `${status} ${statusName(status)}`;
  const causes = await Promise.all(responses.map((response) => describeResponse(response, advice)));
  // Operations share examples.
  const bodies = new Set(responses.flatMap(({ examples }) => examples.map(describeBody)));
  return {
    slug: statusPath(status).slice(1, -1),
    title,
    description: `Errors with the status ${title}: causes, what the client does, and what to do.`,
    body: [
      '## Causes',
      ...causes,
      '## Bodies',
      ...bodies,
      'All statuses and codes: [errors](/errors/).',
    ].join('\n\n'),
  };
}

/** The error responses of all operations. Operations that share a response are listed together. */
function errorResponses(): ErrorResponse[] {
  const byReference = new Map<string, ErrorResponse>();
  for (const { path, method, operationId } of operationsOf(contract)) {
    const responses = contract.paths[path]?.[method]?.responses ?? {};
    for (const [status, reference] of Object.entries(responses).filter(([each]) => !each.startsWith('2'))) {
      const key = `${status} ${JSON.stringify(reference)}`;
      const { operationIds = [] } = byReference.get(key) ?? {};
      const response = resolve(contract, reference);
      byReference.set(key, {
        status,
        description: textOf(response, 'description'),
        evidence: evidenceOf(response),
        // The contract's build has checked that each operation has an id.
        operationIds: [...operationIds, operationId as OperationId],
        examples: Object.entries(response.content ?? {}).flatMap(([contentType, { examples = {} }]) =>
          Object.values(
            mapValues(examples, (each) => readExample(status, contentType, resolve(contract, each))),
          ),
        ),
      });
    }
  }
  return [...byReference.values()];
}

function readExample(status: string, contentType: string, example: { value: unknown }): NamedExample {
  const { error } = (example.value ?? {}) as { error?: { code?: unknown } };
  const known = error?.code;
  return {
    status: Number(status),
    contentType,
    body: example.value,
    summary: textOf(example, 'summary'),
    ...(typeof known === 'string' && { code: known }),
  };
}

/** Every code with a link to the place that explains it. */
function codeTable(responses: readonly ErrorResponse[]): string {
  const codes = new Map<string, { summary: string; statuses: Set<string> }>();
  for (const { status, examples } of responses)
    for (const { code: known, summary } of examples) {
      if (known === undefined) continue;
      const { statuses } = codes.get(known) ?? { statuses: new Set<string>() };
      codes.set(known, { summary, statuses: statuses.add(status) });
    }
  const rows = [...codes]
    .sort(([left], [right]) => left.localeCompare(right, 'en'))
    .map(([known, { summary, statuses }]) => [
      `<span id="${known.toLowerCase()}"></span>${code(known)}`,
      summary,
      [...statuses].map((status) => `[${status}](${statusPath(status)})`).join(', '),
    ]);
  return `## Error codes\n\n${table(['code', 'meaning', 'status'], rows)}`;
}

async function describeResponse(
  { description, evidence, operationIds, examples }: ErrorResponse,
  advice: Advice,
): Promise<string> {
  const links = operationIds.map((operationId) => `[${operationId}](/operations/${operationId}/)`).join(', ');
  const reactions = await Promise.all(
    examples.map((example) => describeExample(operationIds, example, advice)),
  );
  const heads = ['response', 'error of the client', 'repeated by the client', 'what to do'];
  return [
    description,
    `*${evidenceWords(evidence)}*`,
    `Operations: ${links}.`,
    table(heads, reactions.flat()),
  ].join('\n\n');
}

function describeBody({ summary, contentType, body }: NamedExample): string {
  if (typeof body === 'string') return `${summary} (${code(contentType)}):\n\n${codeBlock('html', body)}`;
  return `${summary}:\n\n${codeBlock('json', JSON.stringify(body, undefined, 2))}`;
}

/** What the client does. An operation that reads and an operation that writes can differ. */
async function describeExample(
  operationIds: readonly OperationId[],
  example: NamedExample,
  advice: Advice,
): Promise<string[][]> {
  const reads = operationIds.filter((operationId) => operations[operationId].method === 'GET').slice(0, 1);
  const writes = operationIds.filter((operationId) => operations[operationId].method !== 'GET').slice(-1);
  const rows = await Promise.all(
    [...reads, ...writes].map(async (operationId) => {
      const { error, isRepeated } = await reactionOf(operationId, example);
      return { kind: reads.includes(operationId) ? 'read' : 'write', error, isRepeated };
    }),
  );
  const name = `${example.summary}${example.code === undefined ? '' : ` (${code(example.code)})`}`;
  const [first, second] = rows;
  const isSame =
    second !== undefined && first?.error === second.error && first.isRepeated === second.isRepeated;
  return (isSame ? rows.slice(0, 1) : rows).map(({ kind, error, isRepeated }) => [
    rows.length === 2 && !isSame ? `${name}, ${kind}` : name,
    code(error),
    isRepeated ? 'yes' : 'no',
    advice(error),
  ]);
}
