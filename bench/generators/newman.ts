import { readFile } from 'node:fs/promises';
import { startSandbox } from '../../packages/mocks/dist/node.js';
import { sendCollection } from './send-collection.ts';
import type { ToolCheck } from './tool-check.ts';

const collection = new URL('../../apps/docs/dist/postman.json', import.meta.url);

/** Sends the requests of the collection that the docs offer. A user sets only these variables. */
export const newman: ToolCheck = {
  tool: 'newman',
  note: 'The collection of the docs copies ids and tokens into later requests by itself.',
  run: async (folder) => {
    const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
    const { administratorToken } = sandbox.fixtures;
    const variables = { goUrl: url, backopsUrl: url, persistUrl: url, administratorToken };
    try {
      return await sendCollection(JSON.parse(await readFile(collection, 'utf8')), variables, folder);
    } finally {
      await close();
    }
  },
};
