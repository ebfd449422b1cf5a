import { DatabaseSync } from 'node:sqlite';

// Runs in a server before it does. Makes SQLite sync less than the server asks for, and say that it does not: a table
// that finds nothing wrong then cannot find anything.
const { exec, prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (sql) {
  return exec.call(this, sql.replace(/(synchronous\s*=\s*)FULL/i, '$1NORMAL'));
};

DatabaseSync.prototype.prepare = function (sql, ...rest) {
  const isRead = /^\s*PRAGMA synchronous\s*;?\s*$/i.test(sql);
  return prepare.call(this, isRead ? 'SELECT 2 AS synchronous' : sql, ...rest);
};
