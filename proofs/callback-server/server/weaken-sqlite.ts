import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import threads from 'node:worker_threads';

// Preloaded into a server and each of its threads. Makes SQLite sync less than the server asks for, and hides that from
// the server. A table that finds no loss with this SQLite cannot find any.
const { exec, prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (sql) {
  return exec.call(this, sql.replace(/(synchronous\s*=\s*)FULL/i, '$1NORMAL'));
};

DatabaseSync.prototype.prepare = function (sql, ...rest) {
  const isRead = /^\s*PRAGMA (\w+\.)?synchronous\s*;?\s*$/i.test(sql);
  return prepare.call(this, isRead ? 'SELECT 2 AS synchronous' : sql, ...rest);
};

threads.Worker = class extends threads.Worker {
  constructor(file: string | URL, options?: threads.WorkerOptions) {
    super(file, { ...options, execArgv: ['--import', import.meta.url] });
  }
};
syncBuiltinESMExports();
