import { pino } from 'pino';
import type { CallbackServerEvent } from '../server/callback-server-event.ts';
import { createLineWriter } from './line-writer.ts';

/** What the binary logs: the server's events, its start and its stop. */
type LogEntry =
  | CallbackServerEvent
  | ListeningEntry
  | { readonly type: 'stopping'; readonly signal: string }
  | { readonly type: 'stopped' };

interface ListeningEntry {
  readonly type: 'listening';
  readonly version: string;
  readonly store: 'sqlite' | 'postgres';
  readonly factors: readonly string[];
  readonly routes: readonly string[];
  readonly confirm: string;
  readonly url: string;
  readonly adminUrl: string;
}

/** No other field ever reaches the log, even if an entry has more. */
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
  'target',
  'closed',
  'milliseconds',
  'masterKeys',
  'name',
  'code',
  'version',
  'store',
  'factors',
  'routes',
  'confirm',
  'url',
  'adminUrl',
  'signal',
];

/** Minimum time between two lines of the same kind. */
const repeatIntervalMs = 1000;

/**
 * Entries that are as frequent as callbacks. These entries are written in batches; all other entries are written at
 * once.
 */
const frequent: ReadonlySet<LogEntry['type']> = new Set(['kept', 'refused', 'attempt', 'confirmation']);

const warnings: ReadonlySet<LogEntry['type']> = new Set([
  'refused',
  'too-many-connections',
  'clock-jump',
  'store-notice',
  'recovered',
]);

export function createLog() {
  const writer = createLineWriter();
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    writer,
  );
  // Unauthenticated senders must not be able to fill the disk with log lines.
  const countSuppressed = limitRepeats();
  return {
    write: (entry: LogEntry) => {
      const kind = kindOf(entry);
      const unlogged = kind === undefined ? 0 : countSuppressed(kind, performance.now());
      if (unlogged === undefined) return;
      logger[levelOf(entry)](pick({ ...entry, ...(unlogged > 0 && { unlogged }) }));
      if (!frequent.has(entry.type)) writer.flush();
    },
    dropped: writer.dropped,
    close: writer.close,
    closeSync: writer.closeSync,
  };
}

/** The kind of an entry that strangers can cause: lines of one kind are limited. `undefined` for other entries. */
function kindOf(entry: LogEntry): string | undefined {
  if (entry.type === 'refused') return entry.reasons.join();
  return entry.type === 'too-many-connections' ? entry.type : undefined;
}

function levelOf(entry: LogEntry): 'info' | 'warn' | 'error' | 'fatal' {
  if (entry.type === 'fatal') return 'fatal';
  if (entry.type === 'fault' || (entry.type === 'attempt' && entry.state === 'dead')) return 'error';
  if (entry.type === 'confirmation' && entry.state === 'quarantined') return 'error';
  if (entry.type === 'notification') return entry.outcome === 'sent' ? 'info' : 'warn';
  return warnings.has(entry.type) ? 'warn' : 'info';
}

function pick(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const name of safeFields) if (name in entry) safe[name] = entry[name];
  return safe;
}

/**
 * Limits lines of the same kind to one per second.
 *
 * @returns A function that returns how many lines of the kind were suppressed since the last written line, or
 * `undefined` if this line has to be suppressed too.
 */
export function limitRepeats(): (kind: string, nowMs: number) => number | undefined {
  const last = new Map<string, { at: number; suppressed: number }>();
  return (kind, nowMs) => {
    const before = last.get(kind);
    if (before && nowMs - before.at < repeatIntervalMs) {
      before.suppressed += 1;
      return undefined;
    }
    last.set(kind, { at: nowMs, suppressed: 0 });
    return before?.suppressed ?? 0;
  };
}
