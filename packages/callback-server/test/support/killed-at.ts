import { DatabaseSync } from 'node:sqlite';

/** Kills the process before its statement of this number, as a power cut or an impatient supervisor does. */
const killedAt = Number(process.env['KILLED_AT']);

let statements = 0;
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execOrDie(sql) {
  statements += 1;
  if (statements === killedAt) process.kill(process.pid, 'SIGKILL');
  return exec.call(this, sql);
};
