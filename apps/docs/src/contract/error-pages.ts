import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { code, codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { table } from '../markdown/table.ts';
import { reactionOf } from './client-reaction.ts';
import { type Advice, readAdvice } from './error-advice.ts';
import { type ErrorResponse, errorResponses, type NamedExample } from './error-responses.ts';
import { statusName, statusPath } from './error-statuses.ts';
import { evidenceWords } from './evidence-words.ts';

/** The page of all statuses and codes, and a page of each status: its causes, what the client does, and what to do. */
export async function createErrorPages(): Promise<Page[]> {
  const responses = errorResponses();
  const advice = await readAdvice();
  const statuses = [...new Set(responses.map(({ status }) => status))].sort();
  const statusPages = statuses.map((status) => {
    const ofStatus = responses.filter((response) => response.status === status);
    return createStatusPage(status, ofStatus, advice);
  });
  return [await createErrorsPage(responses, statuses, advice), ...(await Promise.all(statusPages))];
}

async function createErrorsPage(
  responses: readonly ErrorResponse[],
  statuses: readonly string[],
  advice: Advice,
): Promise<Page> {
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

${await codeTable(responses, advice)}
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

/** Every code: its causes, what the client makes of it, and what to do. */
async function codeTable(responses: readonly ErrorResponse[], advice: Advice): Promise<string> {
  const places = responses.flatMap((response) =>
    response.examples.flatMap((example) =>
      example.code === undefined ? [] : [{ response, example, known: example.code }],
    ),
  );
  const byCode = [...Map.groupBy(places, ({ known }) => known)].sort(([left], [right]) =>
    left.localeCompare(right, 'en'),
  );
  const rows = await Promise.all(
    byCode.map(async ([known, found]) => {
      const reactions = await Promise.all(
        found.map(({ response, example }) => describeExample(response.operationIds, example, advice)),
      );
      return [
        `<span id="${known.toLowerCase()}"></span>${code(known)}`,
        list(found.flatMap(({ example, response }) => [`**${example.summary}.**`, response.description])),
        list(found.map(({ response: { status } }) => `[${status}](${statusPath(status)})`)),
        list(reactions.flat().map(([, error, , whatToDo]) => `${error}: ${whatToDo}`)),
      ];
    }),
  );
  const heads = ['code', 'meaning and causes', 'status', 'error of the client, and what to do'];
  return `## Error codes\n\n${table(heads, rows)}`;
}

/** Different texts, one in each line of a cell. */
function list(texts: readonly string[]): string {
  return [...new Set(texts)].join('<br>');
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
