import { pino } from 'pino';
import type { CallbackServerEvent } from '../server/callback-server-event.ts';
import { limitRepeats } from './limit-repeats.ts';
import { createLineWriter } from './line-writer.ts';

/** What the binary tells beside the server's events. */
export type Entry =
  | CallbackServerEvent
  | { readonly type: 'listening'; readonly url: string; readonly adminUrl: string }
  | { readonly type: 'stopping'; readonly signal: string }
  | { readonly type: 'stopped' };

export interface Log {
  write(entry: Entry): void;
  /** Resolves once everything is out, for those who are about to end the process, or once a reader is too slow. */
  close(): Promise<void>;
  /** The same at once, for an end that must not wait: what is just being written may be missing. */
  closeSync(): void;
}

/** Nothing else ever reaches the log, whatever an entry may come to hold. */
const safeFields = [
  'type',
  'callbackId',
  'event',
  'verdict',
  'isNew',
  'reasons',
  'status',
  'unlogged',
  'route',
  'attempt',
  'state',
  'nextAt',
  'outcome',
  'milliseconds',
  'name',
  'code',
  'url',
  'adminUrl',
  'signal',
] as const;

/** What comes as often as callbacks do, and can wait for a moment. */
const frequent: ReadonlySet<Entry['type']> = new Set(['kept', 'refused', 'attempt']);

/** A log of JSON lines on standard output. */
export function createLog(): Log {
  const writer = createLineWriter();
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    writer,
  );
  // Whoever is not let in must not be able to fill a disk by it.
  const isWorthALine = limitRepeats();
  return {
    write: (entry) => {
      const unlogged = entry.type === 'refused' ? isWorthALine(entry.reasons.join(), performance.now()) : 0;
      if (unlogged === undefined) return;
      logger[levelOf(entry)](pick({ ...entry, ...(unlogged > 0 && { unlogged }) }));
      if (!frequent.has(entry.type)) writer.flush();
    },
    close: writer.close,
    closeSync: writer.closeSync,
  };
}

function levelOf(entry: Entry): 'info' | 'warn' | 'error' | 'fatal' {
  if (entry.type === 'fatal') return 'fatal';
  if (entry.type === 'fault' || (entry.type === 'attempt' && entry.state === 'dead')) return 'error';
  return entry.type === 'refused' || entry.type === 'clock-jump' ? 'warn' : 'info';
}

function pick(entry: object): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...entry };
  const safe: Record<string, unknown> = {};
  for (const name of safeFields) if (name in fields) safe[name] = fields[name];
  return safe;
}
