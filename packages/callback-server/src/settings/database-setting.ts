import { isPostgresUrl, sqlitePath } from '../store/open-store.ts';

export function databaseUrl(text: string): string {
  if (sqlitePath(text) === undefined && !isPostgresUrl(text))
    throw new Error('must be `sqlite:` and the path of a file, or a `postgres://` URL.');
  return text;
}
