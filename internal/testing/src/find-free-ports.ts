import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports above those of usual services, and below those that a system gives to a program that listens on port 0. */
const range = { first: 20_000, count: 12_000 };
/** Processes that run together begin at different ports. */
let next = process.pid * 10;

/**
 * Finds free ports of 127.0.0.1, for programs that cannot choose a port themselves. The system gives none of these ports
 * to another program that listens on port 0.
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = range.first + (next++ % range.count);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
