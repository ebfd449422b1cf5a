import { callbackServer } from '../../../callback-server.ts';

/** SQLite and PostgreSQL need Node. */
export const runtime = 'nodejs';

/** Reads nothing of the request before the receiver: it needs the exact bytes. */
export async function POST(request: Request): Promise<Response> {
  const { app } = await callbackServer();
  return app.fetch(request);
}
