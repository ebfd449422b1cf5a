// Scalar's mock is a library. This is the server from its documentation.
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [port, contract = ''] = process.argv.slice(2);
const { fetch } = await createMockServer({ document: readFileSync(contract, 'utf8') });
serve({ fetch, hostname: '127.0.0.1', port: Number(port) });
