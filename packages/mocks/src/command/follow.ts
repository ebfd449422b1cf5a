import { setTimeout as pause } from 'node:timers/promises';
import { loadAll, maxPart } from '../control/load-all.ts';
import { type Call, dataOf, type Schemas } from './call.ts';
import { describeCallback, describeEntry } from './describe-rows.ts';

/** Number of callbacks that are printed at the start. */
const newest = 100;

/** Prints the newest callbacks and, with `--follow`, each callback that is new or has changed, until the process ends. */
export async function showCallbacks(call: Call): Promise<void> {
  const { control, print, values } = call;
  if (!values.follow) {
    const query = { order: 'newest', limit: newest } as const;
    return print(
      dataOf(await control.GET('/callbacks', { params: { query } })).toReversed(),
      describeCallback,
    );
  }
  let shown: ReadonlyMap<string, string> | undefined;
  await onEachChange(call, async () => {
    const rows = await loadCallbacks(call); // A retry changes a callback of any age.
    const texts = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    const changed = shown ? rows.filter(({ id }) => shown?.get(id) !== texts.get(id)) : rows.slice(-newest);
    print(changed, describeCallback);
    shown = texts;
  });
}

function loadCallbacks({ control }: Call): Promise<readonly Schemas['Callback'][]> {
  return loadAll(
    (after) => control.GET('/callbacks', { params: { query: { limit: maxPart, ...after } } }),
    dataOf,
  );
}

/** Prints the newest entries of the journal and, with `--follow`, each new entry, until the process ends. */
export async function showJournal(call: Call): Promise<void> {
  let last: Entry | undefined;
  const show = async () => {
    const query = { limit: maxPart };
    const entries = dataOf(await call.control.GET('/journal', { params: { query } }));
    if (last && isOfNewJournal(entries, last)) last = undefined;
    const { id: shown } = last ?? { id: 0 };
    const fresh = entries.filter(({ id }) => id > shown);
    const missing = last && fresh[0] ? fresh[0].id - shown - 1 : 0;
    // Printed to stderr, because the output can be JSON.
    if (missing > 0)
      console.error(`${missing} entries are missing here: the journal keeps the newest ${maxPart} entries.`);
    call.print(fresh, describeEntry);
    last = fresh.at(-1) ?? last;
  };
  await show();
  if (call.values.follow) await onEachChange(call, show);
}

type Entry = Schemas['JournalEntry'];

/** A reset empties the journal, which then counts from 1 again. */
function isOfNewJournal(entries: readonly Entry[], last: Entry): boolean {
  const same = entries.find(({ id }) => id === last.id);
  return (entries.at(-1)?.id ?? 0) < last.id || (same !== undefined && same.at !== last.at);
}

const followIntervalMs = 300;

/** Calls a function at once, and whenever something has happened in the sandbox. Never resolves. */
async function onEachChange({ control }: Call, show: () => Promise<void>): Promise<never> {
  for (let seen: number | undefined; ; ) {
    const { changes } = dataOf(await control.GET('/clock'));
    if (changes !== seen) await show();
    seen = changes;
    await pause(followIntervalMs);
  }
}
