import { callbackServer } from '../../../callback-server.ts';

/** SQLite and PostgreSQL need Node. */
export const runtime = 'nodejs';

/** Passes the request on unread, because the receiver needs the exact bytes. */
export async function POST(request: Request): Promise<Response> {
  const { app } = await callbackServer();
  return app.fetch(request);
}
