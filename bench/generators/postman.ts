import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requests, responses } from '../../openapi/dist/examples.js';
import { startSandbox } from '../../packages/mocks/dist/node.js';
import { sendCollection } from './send-collection.ts';
import { contract, linesOf, runProgram, type ToolCheck } from './tool-check.ts';

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
      return await sendCollection(connect(await readFile(file, 'utf8'), url), variables, folder);
    } finally {
      await close();
    }
  },
};

/** Does what a user does by hand: copies ids and the token into the next request. */
const copyIds = `
  const names = { 'Create a partner': 'distributorId', 'Log in as a partner': 'apiKey', 'Create a merchant': 'merchantId' };
  const name = names[pm.info.requestName];
  if (name) pm.environment.set(name, pm.response.json().id);
`;

/** Returns the collection with one address for all requests, and with ids of responses instead of ids of examples. */
function connect(collection: string, url: string): object {
  const { host } = new URL(url);
  const { data: _, ...ids } = requests.pushMerchant.twoDocumentsOnOnePage;
  const connected = JSON.parse(
    collection
      .replaceAll(responses.createPartner[200].created.id, '{{distributorId}}')
      .replaceAll(ids.merchantId, '{{merchantId}}'),
    (name, value) => {
      if (name === 'protocol') return 'http';
      if (name === 'host' && Array.isArray(value)) return [host];
      return value;
    },
  );
  const event = [{ listen: 'test', script: { type: 'text/javascript', exec: copyIds.split('\n') } }];
  return { ...connected, event };
}
