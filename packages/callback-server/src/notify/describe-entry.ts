import type { Condition, ConditionChange, NotificationEntry, Occurrences } from './notification.ts';

/** Describes an entry in plain English. */
export function describeEntry(entry: NotificationEntry): string {
  if (entry.kind === 'test') return 'This is a test. Nothing has happened.';
  return 'phase' in entry ? describeChange(entry) : describeOccurrences(entry);
}

/** One line for each entry, with the ids of callbacks. */
export function textOf(entries: readonly NotificationEntry[]): string {
  return entries.map((entry) => describeEntry(entry) + idsIn(entry)).join('\n');
}

function describeOccurrences({ kind, route, count }: Occurrences): string {
  const callbacks = numberOf(count, 'callback', 'was', 'were');
  return kind === 'dead-letter'
    ? `${callbacks} given up on the way to the route ${route}.`
    : `${callbacks} put into the quarantine, as forged or stale.`;
}

function idsIn(entry: NotificationEntry): string {
  if (!('callbackIds' in entry)) return '';
  const { callbackIds, count } = entry;
  return ` Ids: ${callbackIds.join(', ')}${count > callbackIds.length ? ', …' : ''}`;
}

type Describe = (condition: Condition) => string;

const texts: Readonly<Record<Condition['kind'], Readonly<Record<'lasts' | 'ended', Describe>>>> = {
  'open-circuit': {
    lasts: ({ route }) => `All attempts at the route ${route} fail. Its callbacks wait.`,
    ended: ({ route }) => `The route ${route} takes callbacks again.`,
  },
  'no-callbacks': {
    lasts: ({ minutes = 0 }) => `No callback has arrived for ${numberOf(minutes, 'minute')}.`,
    ended: () => 'Callbacks arrive again.',
  },
  overdue: {
    lasts: ({ count = 0 }) => `Checks of ${numberOf(count, 'merchant')} are overdue.`,
    ended: () => 'Checks of merchants are in time again.',
  },
  unverifiable: {
    lasts: ({ count = 0 }) =>
      `${numberOf(count, 'merchant', 'is', 'are')} unverifiable: a person has to look.`,
    ended: () => 'No merchant is unverifiable now.',
  },
};

function describeChange({ phase, ...condition }: ConditionChange): string {
  const { lasts, ended } = texts[condition.kind];
  if (phase === 'ended') return ended(condition);
  return phase === 'began' ? lasts(condition) : `Now: ${lasts(condition)}`;
}

function numberOf(count: number, noun: string, one = '', several = ''): string {
  return `${count} ${noun}${count === 1 ? '' : 's'} ${count === 1 ? one : several}`.trimEnd();
}
