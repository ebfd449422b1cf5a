import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { json } from '../inputs/bad-input.ts';
import { startSenders } from '../load/senders.ts';
import { startServer, token } from '../server/server-process.ts';
import { type FaultResult, type FaultRun, listed } from './fault-table.ts';

const byteEveryMs = 500;
const maxSeconds = 60;
/** A busy machine may close connections late. The limit still finds a server that never closes them. */
const maxSecondsUnjudged = 300;

/**
 * Opens connections that send a byte now and then, and never end: half of them in the headers, half in the body. The
 * server must close each, and must serve others in the meantime.
 */
export async function slowSenders({ cycles, databases, judgesSpeed }: FaultRun): Promise<FaultResult> {
  const database = await databases.create();
  const server = await startServer(database.url);
  const senders = startSenders(1);
  void senders.sendTo(server.url);
  const responses: string[] = [];
  const limit = judgesSpeed ? maxSeconds : maxSecondsUnjudged;
  const slow = Array.from({ length: cycles }, (_, index) =>
    drip(server.url, index % 2 === 0 ? slowHead : slowBody, limit, responses),
  );
  await Promise.race(slow);
  const served = senders.acknowledged.size;
  const seconds = await Promise.all(slow);
  await senders.stop();
  await server.signal('SIGTERM');
  const lost = await senders.missingFrom(database);
  await database.remove();
  const open = seconds.filter((each) => each >= limit).length;
  const wrong = responses.filter((response) => response.startsWith('HTTP/1.1 2')).length;
  const otherStatuses = [...senders.responses.keys()].filter((status) => status !== 200);
  return {
    holds: open + wrong + otherStatuses.length + lost.length === 0 && served > 0,
    summary: `${cycles} slow senders, ${open} not closed, the last after ${Math.round(Math.max(...seconds))} s, ${wrong} answered 2xx; ${senders.acknowledged.size} others served meanwhile, ${lost.length} lost, other responses: ${listed(otherStatuses)}`,
  };
}

const head = `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: callbacks.example.com\r\n`;
const slowHead = `${head}X-Slow: `;
const slowBody = `${head}${json}\r\nContent-Length: 200000\r\n\r\n{`;

/** Sends `start`, then a byte now and then. Resolves to the seconds until the server closed the connection. */
async function drip(url: string, start: string, maxSeconds: number, responses: string[]): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('data', (response) => void responses.push(response.toString('latin1')));
  socket.on('error', () => {});
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  socket.write(start);
  while (!socket.closed && seconds() < maxSeconds) {
    await delay(byteEveryMs);
    if (socket.writable) socket.write('x');
  }
  socket.destroy();
  return seconds();
}
