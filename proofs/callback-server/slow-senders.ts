import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { json } from './bad-inputs/bad-input.ts';
import type { FaultRun, Figure } from './fault-table.ts';
import { missing } from './workbench/missing.ts';
import { startSenders } from './workbench/senders.ts';
import { startServer, token } from './workbench/server-process.ts';
import { sqliteDatabases } from './workbench/sqlite-databases.ts';

const dripEveryMs = 500;
const mayLastMs = 60_000;

/**
 * Opens connections that send a byte now and then, half of them of their headers and half of a body, and never end.
 * Each must be cut off, and meanwhile everybody else is served.
 */
export async function slowSenders({ cycles }: FaultRun): Promise<Figure> {
  const database = await sqliteDatabases().create();
  const server = await startServer(database.url);
  const senders = startSenders(1);
  senders.aim(server.url);
  const answers: string[] = [];
  const lasted = await Promise.all(
    Array.from({ length: cycles }, (_, at) => drip(server.url, at % 2 === 0 ? slowHead : slowBody, answers)),
  );
  await senders.stop();
  await server.signal('SIGTERM');
  const lost = await missing(database, senders);
  await database.remove();
  const stayed = lasted.filter((ms) => ms >= mayLastMs).length;
  const wrong = answers.filter((answer) => answer.startsWith('HTTP/1.1 2')).length;
  const others = [...senders.answers.keys()].filter((status) => status !== 200);
  const served = senders.acknowledged.size;
  return {
    holds: stayed === 0 && wrong === 0 && others.length === 0 && lost.length === 0 && served > cycles,
    text: `${cycles} slow senders, ${stayed} not cut off, the last after ${Math.round(Math.max(...lasted) / 1000)} s, ${wrong} answered 2xx; ${served} others served meanwhile, ${lost.length} lost, other answers: ${others.join(' ') || 'none'}`,
  };
}

const head = `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: callbacks.example.com\r\n`;
const slowHead = `${head}X-Slow: `;
const slowBody = `${head}${json}\r\nContent-Length: 200000\r\n\r\n{`;

/** Milliseconds until the server ended the connection. */
async function drip(url: string, start: string, answers: string[]): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let isOpen = true;
  socket.on('data', (answer) => void answers.push(answer.toString('latin1')));
  socket
    .on('error', () => {})
    .on('close', () => {
      isOpen = false;
    });
  const started = performance.now();
  socket.write(start);
  while (isOpen && performance.now() - started < mayLastMs) {
    await delay(dripEveryMs);
    if (socket.writable) socket.write('x');
  }
  socket.destroy();
  return performance.now() - started;
}
