import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { createCallbackServer } from '../../packages/callback-server/dist/index.js';
import { sqliteDatabases } from '../../proofs/callback-server/databases/sqlite-databases.ts';
import { exampleCallback, merchantId } from '../../proofs/callback-server/load/example-callback.ts';
import { startServer, token } from '../../proofs/callback-server/server/server-process.ts';
import { describeDisk } from '../measure/machine.ts';
import { median } from '../measure/quantile.ts';
import { conditionsNow, recordResult } from '../measure/record-result.ts';

const { values } = parseArgs({ options: { callbacks: { type: 'string', default: '1000000' } } });
const count = Number(values.callbacks);

const conditions = conditionsNow();
const machine = `${conditions.machine}, ${describeDisk()}`;
const database = await sqliteDatabases.create();
try {
  await fill(count);
  console.log(`${count} callbacks are stored.`);
  const times: number[] = [];
  for (let start = 0; start < 11; start++)
    times.push(await measureStart(start % 2 === 0 ? 'SIGTERM' : 'SIGKILL'));
  const cells = [count, times.length, median(times), Math.max(...times)].map((figure) => figure.toFixed(0));
  const head = ['stored callbacks', 'starts', 'median ms until ready', 'maximum ms'];
  await recordResult('callback-server-cold-start', markdownTable(head, [cells]), {
    ...conditions,
    machine,
  });
} finally {
  await database.remove();
}

/** Returns the milliseconds from before the process exists until the server is ready. */
async function measureStart(signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const startedAt = performance.now();
  const server = await startServer(database.url);
  const response = await fetch(`${server.url}/health/ready`);
  const milliseconds = performance.now() - startedAt;
  if (!response.ok) throw new Error(`/health/ready responded with status ${response.status}.`);
  await server.signal(signal);
  return milliseconds;
}

/** Stores callbacks through the receiver, without a network. */
async function fill(callbacks: number): Promise<void> {
  const server = await createCallbackServer({ databaseUrl: database.url, callbackTokens: [token] });
  let sent = 0;
  const send = async () => {
    while (sent < callbacks) {
      const body = exampleCallback(merchantId(sent++), Date.now());
      const response = await server.app.request(`/callbacks/${token}/accept`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      if (response.status !== 200) throw new Error(`A callback got status ${response.status}.`);
    }
  };
  await Promise.all(Array.from({ length: 256 }, send));
  await server.stop();
}
