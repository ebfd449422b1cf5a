import { sqlitePath } from '../store/open-store.ts';

export function databaseUrl(text: string): string {
  if (sqlitePath(text) === undefined)
    throw new Error('must be `sqlite:` and the path of a file. This version has no other engine.');
  return text;
}
