import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../databases/database.ts';
import { startSenders } from '../load/senders.ts';
import { startServer } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

/** Under load a commit follows at once, so the limit begins with the fault. */
const endsWithinMs = 1000;
const waitMs = 60_000;
/** The exit code of a server that does not know what is on the disk. */
const fatalExitCode = 74;
const maxAcknowledged = 300;

/** What another program does to a file, and how an operator can undo it. */
interface FileFault {
  readonly make: (path: string) => void;
  readonly undo?: (path: string) => void;
}

const faults: Readonly<Record<string, FileFault>> = {
  deleted: { make: (path) => rmSync(path) },
  replaced: {
    make: (path) => {
      copyFileSync(path, `${path}.other`);
      renameSync(`${path}.other`, path);
    },
  },
  renamed: {
    make: (path) => renameSync(path, `${path}.renamed`),
    undo: (path) => renameSync(`${path}.renamed`, path),
  },
  truncated: { make: (path) => truncateSync(path) },
  'made read-only': {
    make: (path) => chmodSync(path, 0o400),
    undo: (path) => {
      // A server that ends moves its log into the database.
      if (existsSync(path)) chmodSync(path, 0o600);
    },
  },
};

/**
 * Deletes, replaces, renames, truncates a file of the database or makes it read-only, under load. The server must say
 * so and end. What a fault leaves intact must still be there when the fault is undone.
 */
export async function fileFaults({
  cycles,
  random,
  databases,
  judgesSpeed,
  onProgress,
}: FaultRun): Promise<FaultResult> {
  const totals = { acknowledged: 0, unsaid: 0, lost: 0, slowestMs: 0 };
  const names = Object.keys(faults);
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const database = await databases.create();
    try {
      const fault = faults[names[cycle % names.length] ?? ''];
      if (fault) await makeFault(fault, database, random, totals);
    } finally {
      await database.remove();
    }
    onProgress(cycle);
  }
  const { acknowledged, unsaid, lost, slowestMs } = totals;
  const isInTime = !judgesSpeed || slowestMs <= endsWithinMs;
  return {
    holds: unsaid === 0 && lost === 0 && isInTime && acknowledged >= cycles,
    summary: `${cycles} faults of files, ${acknowledged} acknowledged, ${unsaid} not reported, ended within ${Math.ceil(slowestMs)} ms, ${lost} lost of what a fault left intact`,
  };
}

async function makeFault(
  { make, undo }: FileFault,
  database: Database,
  random: () => number,
  totals: { acknowledged: number; unsaid: number; lost: number; slowestMs: number },
): Promise<void> {
  const server = await startServer(database.url);
  const senders = startSenders(8);
  try {
    await senders.sendTo(server.url, 1 + Math.floor(maxAcknowledged * random()));
    const path = `${database.url.replace('sqlite:', '')}${random() < 0.5 ? '' : '-wal'}`;
    make(path);
    const madeAt = performance.now();
    const code = await Promise.race([server.ended, delay(waitMs, undefined, { ref: false })]);
    totals.slowestMs = Math.max(totals.slowestMs, performance.now() - madeAt);
    if (code !== fatalExitCode || !/"type":"fatal".*STORE_FILE_/.test(server.output())) totals.unsaid++;
    await senders.stop();
    totals.acknowledged += senders.acknowledged.size;
    if (!undo) return;
    undo(path);
    totals.lost += (await senders.missingFrom(database)).length;
    await assertStarts(database);
  } finally {
    await server.signal('SIGKILL');
    await senders.stop();
  }
}

async function assertStarts(database: Database): Promise<void> {
  const server = await startServer(database.url);
  await server.signal('SIGTERM');
  await database.checkIntegrity();
}
