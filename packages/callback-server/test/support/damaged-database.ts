import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/open-store.ts';
import { incoming, later } from './incoming-callbacks.ts';
import { temporaryDatabase } from './running-server.ts';

/** Number of callbacks in a database that is damaged. */
export const count: number = 26;

/** Stores callbacks of one merchant. Each body needs several pages, even if it is compressed. */
export async function fill(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl, { onFatal: fail });
  for (let number = 0; number < count; number++) {
    const padding = randomBytes(3000).toString('base64');
    const text = JSON.stringify({ ...JSON.parse(Buffer.from(incoming('one').body).toString()), padding });
    const [body, bodySha256] = [Buffer.from(text), await sha256(text)];
    const [dedupKey, receivedAt] = [String(number), later(number)];
    await store.keep({ ...incoming('one'), body, bodySha256, dedupKey, receivedAt }, ['handler']);
  }
  await store.close();
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}

/** Overwrites 512 bytes of a file from `offset` on, as a bad sector does. */
export function overwrite(path: string, offset: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(512, 0xff), 0, 512, offset);
  closeSync(file);
}

/**
 * Creates a database with a damaged page.
 *
 * @param place - Number of the page among the pages of its type, from 0, in the order of the rows.
 */
export async function damagedSqlite(pageType: 'leaf' | 'overflow', place = 3): Promise<string> {
  const path = temporaryDatabase();
  await fill(`sqlite:${path}`);
  const database = new DatabaseSync(path);
  const pages = database.prepare(
    `SELECT pageno, pgsize FROM dbstat WHERE name = 'callbacks' AND pagetype = $type ORDER BY path LIMIT 1 OFFSET $place`,
  );
  const { pageno, pgsize } = pages.get({ type: pageType, place }) ?? {};
  database.close();
  overwrite(path, (Number(pageno) - 1) * Number(pgsize));
  return `sqlite:${path}`;
}

function fail(error: unknown): void {
  throw error;
}
