import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { sqliteDatabases } from '../../proofs/callback-server/databases/sqlite-databases.ts';
import { type ServerProcess, startServer } from '../../proofs/callback-server/server/server-process.ts';
import { describeDisk } from '../measure/machine.ts';
import { conditionsNow, recordResult } from '../measure/record-result.ts';
import { sendLoad } from './send-load.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);

const conditions = conditionsNow();
const machine = `${conditions.machine}, ${describeDisk()}`;
const peak = await run(({ url }) => sendLoad(url, 15));
const rate = Math.floor(peak.perSecond / 2);
console.log(`Peak ${peak.perSecond.toFixed(0)}/s. ${minutes} minutes at ${rate}/s:`);
const failed = await run(soak);
if (failed > 0) process.exitCode = 1;

async function run<Result>(use: (server: ServerProcess, files: () => string[]) => Promise<Result>) {
  const database = await sqliteDatabases.create();
  const server = await startServer(database.url);
  try {
    return await use(server, database.files);
  } finally {
    await server.signal('SIGTERM');
    await database.remove();
  }
}

async function soak({ url, pid }: ServerProcess, files: () => string[]): Promise<number> {
  let largestLog = 0;
  const watch = setInterval(() => {
    const log = files().find((file) => file.endsWith('callbacks.db-wal'));
    if (log) largestLog = Math.max(largestLog, statSync(log).size);
  }, 250);
  const resident: number[] = [];
  const rows: string[][] = [];
  let failed = 0;
  for (let minute = 1; minute <= minutes; minute++) {
    const load = await sendLoad(url, 60, rate);
    resident.push(residentBytes(pid));
    failed += load.failed;
    const [received, sizes] = [load.perSecond.toFixed(0), [resident.at(-1), largestLog].map(toMegabytes)];
    rows.push([String(minute), received, String(load.p99), String(load.failed), ...sizes]);
    console.log(rows.at(-1)?.join(' | '));
  }
  clearInterval(watch);
  // The first minute is the warm-up.
  const growth = ((resident.at(-1) ?? 0) / (resident[1] ?? resident[0] ?? 1) - 1) * 100;
  const head = ['minute', 'received/s', 'p99 ms', 'failed', 'RSS MB', 'largest WAL MB so far'];
  const note = `The load is half of the peak of ${peak.perSecond.toFixed(0)}/s. RSS grew by ${growth.toFixed(1)} % from the second minute to the last.`;
  await recordResult('callback-server-soak', `${markdownTable(head, rows)}\n\n${note}`, {
    ...conditions,
    machine,
  });
  return failed;
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

function toMegabytes(bytes = 0): string {
  return (bytes / 2 ** 20).toFixed(0);
}
