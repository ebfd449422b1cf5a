import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns the usual port if it is free, and otherwise 0, with which a server selects a free port. */
export async function freePort(usual: number): Promise<number> {
  const probe = createServer();
  try {
    await once(probe.listen(usual, '127.0.0.1'), 'listening');
    return usual;
  } catch {
    return 0;
  } finally {
    probe.close();
  }
}
