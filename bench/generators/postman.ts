import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requests, responses } from '../../openapi/dist/examples.js';
import { checkHar } from '../../openapi/dist/runtime/check-har.js';
import { startSandbox } from '../../packages/mocks/dist/node.js';
import { contract, linesOf, runProgram, type ToolCheck, type ToolResult } from './tool-check.ts';

/** Converts the contract into a collection, and sends the requests of the collection to the sandbox. */
export const postman: ToolCheck = {
  tool: 'openapi-to-postmanv2',
  note: 'newman sends the collection, with the ids and tokens of earlier responses.',
  run: async (folder) => {
    const file = join(folder, 'collection.json');
    const options = 'folderStrategy=Tags,parametersResolution=Example';
    const { stdout, failed } = await runProgram('openapi2postmanv2', [
      '-s',
      contract,
      '-o',
      file,
      '-O',
      options,
    ]);
    if (failed) return { checked: 'converted', problems: linesOf(stdout).slice(-5) };
    const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
    try {
      const variables = { baseUrl: url, apiKey: sandbox.fixtures.administratorToken };
      await writeFile(file, connect(await readFile(file, 'utf8'), url));
      return await send(file, variables, folder);
    } finally {
      await close();
    }
  },
};

/** What a user does by hand, besides the choice of a file: copies ids and the token into the next request. */
const copyIds = `
  const names = { 'Create a partner': 'distributorId', 'Log in as a partner': 'apiKey', 'Create a merchant': 'merchantId' };
  const name = names[pm.info.requestName];
  if (name) pm.environment.set(name, pm.response.json().id);
`;

/** Sends all requests to one address, and replaces the ids of the examples by those of the responses. */
function connect(collection: string, url: string): string {
  const { host } = new URL(url);
  const { data: _, ...ids } = requests.pushMerchant.twoDocumentsOnOnePage;
  const connected = JSON.parse(
    collection
      .replaceAll(responses.createPartner[200].created.id, '{{distributorId}}')
      .replaceAll(ids.merchantId, '{{merchantId}}'),
    (name, value) => {
      if (name === 'protocol') return 'http';
      if (name === 'host' && Array.isArray(value)) return [host];
      return Object(value).key === 'file' ? { key: 'file', type: 'file', src: contract } : value;
    },
  );
  const event = [{ listen: 'test', script: { type: 'text/javascript', exec: copyIds.split('\n') } }];
  return JSON.stringify({ ...connected, event });
}

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

async function send(
  file: string,
  variables: Readonly<Record<string, string>>,
  folder: string,
): Promise<ToolResult> {
  const report = join(folder, 'report.json');
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
    .map(({ item, response }) => `${item.name} got ${response?.code}.`);
  const { known, drifts } = checkHar({ log: { entries: run.executions.flatMap(entriesOf) } });
  const problems = [...refused, ...drifts.map((drift) => JSON.stringify(drift))];
  return { checked: `converted, ${known} requests sent to the sandbox`, problems };
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
