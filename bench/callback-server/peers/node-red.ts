import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import nodeRed from 'node-red';

// Node-RED with its http-in node and its own SQLite node, which inserts each callback with a prepared statement.
const [port, folder = '.', journalMode = 'DELETE'] = process.argv.slice(2);
const path = join(folder, 'callbacks.db');

// The SQLite node changes no setting of SQLite. The journal mode comes from the file. By default SQLite has a rollback
// journal. Flushes are FULL by default, in WAL mode too.
const database = new DatabaseSync(path);
database.exec(`PRAGMA journal_mode = ${journalMode}`);
database.exec('CREATE TABLE callbacks (id INTEGER PRIMARY KEY, event TEXT, body TEXT)');
database.close();

const flows = [
  { id: 'tab', type: 'tab', label: 'callbacks' },
  { id: 'file', type: 'sqlitedb', db: path, mode: 'RWC' },
  { id: 'in', z: 'tab', type: 'http in', url: '/callbacks/:token/:event', method: 'post', wires: [['bind']] },
  {
    id: 'bind',
    z: 'tab',
    type: 'function',
    outputs: 1,
    func: 'msg.params = { $event: msg.req.params.event, $body: JSON.stringify(msg.payload) }; return msg;',
    libs: [],
    wires: [['keep']],
  },
  {
    id: 'keep',
    z: 'tab',
    type: 'sqlite',
    mydb: 'file',
    sqlquery: 'prepared',
    sql: 'INSERT INTO callbacks (event, body) VALUES ($event, $body)',
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
  logging: { console: { level: 'off', metrics: false, audit: false } },
});
await nodeRed.start();
nodeRed.runtime.events.once('flows:started', () => server.listen(Number(port), '127.0.0.1'));
