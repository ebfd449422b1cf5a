import { parseArgs } from 'node:util';
import { createCallbackServer } from '../../packages/callback-server/dist/index.js';
import { callbackOf, merchantId } from '../../proofs/callback-server/load/callback-of.ts';
import { startServer, token } from '../../proofs/callback-server/server/server-process.ts';
import { sqliteDatabases } from '../../proofs/callback-server/databases/sqlite-databases.ts';
import { describeMachine } from './machine.ts';

const { values } = parseArgs({ options: { callbacks: { type: 'string', default: '1000000' } } });
const count = Number(values.callbacks);

console.log(describeMachine());
const database = await sqliteDatabases().create();
try {
  await fill(count);
  console.log(`${count} callbacks are stored.`);
  const times: number[] = [];
  for (let start = 0; start < 11; start++)
    times.push(await startOnce(start % 2 === 0 ? 'SIGTERM' : 'SIGKILL'));
  times.sort((one, other) => one - other);
  console.log(
    `${count} callbacks stored: ready after ${times[5]?.toFixed(0)} ms, at most ${times.at(-1)?.toFixed(0)} ms, of 11 starts`,
  );
} finally {
  await database.remove();
}

/** From before the process exists until it says that it is ready. */
async function startOnce(ending: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const begun = performance.now();
  const server = await startServer(database.url);
  const answer = await fetch(`${server.url}/health/ready`);
  const took = performance.now() - begun;
  if (!answer.ok) throw new Error(`The server is not ready: ${answer.status}.`);
  await server.signal(ending);
  return took;
}

/** Through the front door, but without a network. */
async function fill(callbacks: number): Promise<void> {
  const server = await createCallbackServer({ databaseUrl: database.url, callbackTokens: [token] });
  let made = 0;
  const send = async () => {
    while (made < callbacks) {
      const body = callbackOf(merchantId(made++), Date.now());
      const answer = await server.app.request(`/callbacks/${token}/accept`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      if (answer.status !== 200) throw new Error(`A callback was answered ${answer.status}.`);
    }
  };
  await Promise.all(Array.from({ length: 256 }, send));
  await server.stop();
}
