import type { Agent } from 'node:http';
import type { Database } from '../databases/database.ts';
import { type Senders, startSenders } from '../load/senders.ts';
import type { FaultRun } from './fault-table.ts';

/** How a fault is made while callbacks arrive. */
interface LoadScenario<Subject> {
  readonly senders: number;
  /** The time between two callbacks of a sender. */
  readonly pauseMs?: number;
  readonly cyclesPerDatabase: number;
  /** Faults between two searches for lost callbacks, if the fault leaves no server running. Another search is at the end. */
  readonly cyclesPerSearch?: number;
  open(): Promise<Subject>;
  /** Makes the fault once. `cycle` counts from 1, over all databases. */
  fault(subject: Subject, senders: Senders, cycle: number): Promise<void>;
}

/** What a scenario makes faults on. */
interface LoadSubject {
  readonly database: Database;
  /** The connections of the senders, if they reach the server by TLS. */
  readonly agent?: Agent;
  /** Ends what still uses the database, before the last search. */
  end?(): Promise<unknown>;
  /** Whether the callback of a merchant may have been dropped on purpose. */
  isDropped?(merchant: string): boolean;
  /** The disk that holds the database, if the fault needs a disk of its own. */
  readonly disk?: { remove(): void };
}

/** Makes a fault again and again under load, on a new database now and then, and searches for lost callbacks. */
export async function runUnderLoad<Subject extends LoadSubject>(
  { cycles, onProgress }: FaultRun,
  { senders: count, pauseMs, cyclesPerDatabase, cyclesPerSearch, open, fault }: LoadScenario<Subject>,
) {
  const totals = {
    acknowledged: 0,
    /** Acknowledged callbacks that were not in the database. */
    lost: 0,
    cyclesThatLost: 0,
    /** Responses with status 503. */
    refused: 0,
    /** The number of responses of each status other than 200 and 503. */
    otherStatuses: new Map<number, number>(),
  };
  for (let done = 0; done < cycles; done += cyclesPerDatabase) {
    const subject = await open();
    const { agent } = subject;
    const senders = startSenders(count, { ...(agent && { agent }), ...(pauseMs && { pauseMs }) });
    const lost = new Set<string>();
    const search = async () => {
      const known = lost.size;
      for (const merchant of await senders.missingFrom(subject.database))
        if (!subject.isDropped?.(merchant)) lost.add(merchant);
      if (lost.size > known) totals.cyclesThatLost++;
    };
    try {
      for (let cycle = 1; cycle <= Math.min(cyclesPerDatabase, cycles - done); cycle++) {
        await fault(subject, senders, done + cycle);
        if (cyclesPerSearch && cycle % cyclesPerSearch === 0) await search();
        onProgress(done + cycle);
      }
      await senders.stop();
      await subject.end?.();
      await search();
      await subject.database.checkIntegrity();
    } finally {
      await senders.stop();
      subject.disk?.remove();
      await subject.database.remove();
    }
    totals.acknowledged += senders.acknowledged.size;
    totals.lost += lost.size;
    totals.refused += senders.responses.get(503) ?? 0;
    for (const [status, count] of senders.responses)
      if (status !== 200 && status !== 503)
        totals.otherStatuses.set(status, (totals.otherStatuses.get(status) ?? 0) + count);
  }
  return totals;
}
