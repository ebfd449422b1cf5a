import { callback, token } from './callbacks.ts';
import { serve } from './running-binary.ts';
import { temporaryDatabase } from './running-server.ts';

/** Returns the URL of a database in which a server has stored a callback of each merchant. */
export async function databaseOf(
  merchants: readonly string[],
  settings: Record<string, string> = {},
): Promise<string> {
  const path = temporaryDatabase();
  const server = await serve(path, settings);
  for (const id of merchants)
    await fetch(`${server.url}/callbacks/${token}/accept`, {
      method: 'POST',
      body: callback('accept', { id, name: 'Canary' }),
      headers: { 'content-type': 'application/json' },
    });
  server.process.kill('SIGTERM');
  await server.exit;
  return `sqlite:${path}`;
}
