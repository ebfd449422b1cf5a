import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node:sqlite';
import nodeRed from 'node-red';

// Node-RED's http-in node, and a function node that inserts into SQLite with a commit to disk for each callback. Its own
// SQLite node needs a native module that does not install everywhere, so Node's SQLite stands in, which is no slower.
const folder = mkdtempSync(join(tmpdir(), 'bench-node-red-'));

const open = `
  const database = new (global.get('sqlite').DatabaseSync)(global.get('path'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE callbacks (id INTEGER PRIMARY KEY, event TEXT, body TEXT)');
  context.set('insert', database.prepare('INSERT INTO callbacks (event, body) VALUES (?, ?)'));`;
const insert = `
  context.get('insert').run(msg.req.params.event, JSON.stringify(msg.payload));
  msg.payload = { received: true };
  return msg;`;

const flows = [
  { id: 'tab', type: 'tab', label: 'callbacks' },
  { id: 'in', z: 'tab', type: 'http in', url: '/callbacks/:token/:event', method: 'post', wires: [['keep']] },
  {
    id: 'keep',
    z: 'tab',
    type: 'function',
    outputs: 1,
    initialize: open,
    func: insert,
    libs: [],
    wires: [['out']],
  },
  { id: 'out', z: 'tab', type: 'http response', statusCode: '200', wires: [] },
];
writeFileSync(join(folder, 'flows.json'), JSON.stringify(flows));

const server = createServer((request, response) => (nodeRed.httpNode as RequestListener)(request, response));
nodeRed.init(server, {
  uiPort: 0,
  uiHost: '127.0.0.1',
  userDir: folder,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  httpNodeRoot: '/',
  functionGlobalContext: { sqlite, path: join(folder, 'callbacks.db') },
  logging: { console: { level: 'off', metrics: false, audit: false } },
});
await nodeRed.start();
nodeRed.runtime.events.once('flows:started', () =>
  server.listen(0, '127.0.0.1', () =>
    console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  ),
);
