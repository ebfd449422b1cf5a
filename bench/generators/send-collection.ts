import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHar } from '../../openapi/dist/runtime/check-har.js';
import { contract, runProgram, type ToolResult } from './tool-check.ts';

interface Execution {
  readonly item: { readonly name: string };
  readonly request: {
    readonly method: string;
    readonly url: { readonly path: string[]; readonly query: { key: string; value: string }[] };
    readonly body?: { readonly raw?: string };
  };
  /** Missing if the server did not respond. */
  readonly response?: { readonly code: number; readonly stream: { readonly data: number[] } };
}

/** Sends the requests of a collection with newman, and checks the responses against the contract. */
export async function sendCollection(
  collection: object,
  variables: Readonly<Record<string, string>>,
  folder: string,
): Promise<ToolResult> {
  const file = join(folder, 'sent.json');
  const report = join(folder, 'report.json');
  await writeFile(file, JSON.stringify(collection, chooseFile));
  const given = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  await runProgram('newman', [
    'run',
    file,
    ...given,
    '--reporters',
    'json',
    '--reporter-json-export',
    report,
  ]);
  const { run } = JSON.parse(await readFile(report, 'utf8')) as { run: { executions: Execution[] } };
  const refused = run.executions
    .filter(({ response }) => response?.code !== 200)
    .map(({ item, response }) => `${item.name} got status ${response?.code ?? 'none'}.`);
  const { known, drifts } = checkHar({ log: { entries: run.executions.flatMap(entriesOf) } });
  const problems = [...refused, ...drifts.map((drift) => JSON.stringify(drift))];
  return { checked: `${known} requests sent to the sandbox`, problems };
}

/** Does what a user does by hand: chooses the file of an upload. */
function chooseFile(_: string, value: unknown): unknown {
  return Object(value).key === 'file' ? { key: 'file', type: 'file', src: contract } : value;
}

function entriesOf({ request, response }: Execution): object[] {
  if (!response) return [];
  const query = new URLSearchParams(request.url.query.map(({ key, value }) => [key, value]));
  const entry = {
    request: {
      method: request.method,
      url: `http://127.0.0.1/${request.url.path.join('/')}?${query}`,
      postData: { text: request.body?.raw },
    },
    response: {
      status: response.code,
      content: { mimeType: 'application/json', text: Buffer.from(response.stream.data).toString() },
    },
  };
  return [entry];
}
