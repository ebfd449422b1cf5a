import { confirmRoute } from '../../callback/confirmation.ts';
import type { Delivery } from '../../callback/delivery.ts';
import type { Receipt, WholeCallback } from '../../callback/kept-callback.ts';
import type { Verdict } from '../../callback/verdict.ts';

/** Something that happened to a callback. */
export interface TimelineEntry {
  readonly at: Date;
  /** What it was about: a route, or a step of the server. */
  readonly subject: string;
  /** A state or a verdict. */
  readonly word?: string;
  readonly text: string;
}

/**
 * What happened to a callback, in the order of time. What happened at the same time keeps the order of the server's work.
 *
 * @param isRevealed - Whether the `User-Agent` of a sender may be shown: it can contain anything.
 */
export function timelineOf(callback: WholeCallback, isRevealed: boolean): readonly TimelineEntry[] {
  const { receivedAt, verdict, confirmation, deliveries, receipts, seenCount } = callback;
  const isRecovered = confirmation?.state === 'recovered';
  const entries: TimelineEntry[] = [
    ...(isRecovered
      ? [
          {
            at: receivedAt,
            subject: 'Recovered',
            text: 'This callback never arrived: the server made it from a pulled document.',
          },
        ]
      : receipts.map((receipt, index) => receiptEntry(receipt, index === 0, isRevealed))),
    ...(verdict === 'unknown' ? [] : [validationEntry(callback, verdict)]),
    ...deliveries.flatMap(attemptEntries),
  ];
  if (confirmation && !isRecovered)
    entries.push({ at: confirmation.at, subject: 'Confirmation', word: confirmation.state, text: '' });
  if (seenCount > receipts.length && receipts.length > 0)
    entries.push({
      at: receipts.at(-1)?.receivedAt ?? receivedAt,
      subject: 'Receipts',
      text: `Later receipts are only counted: ${seenCount} in all.`,
    });
  // The clock of the attempts is the database's, and can be some milliseconds behind.
  const timeOf = ({ at }: TimelineEntry) => Math.max(at.getTime(), receivedAt.getTime());
  return entries.toSorted((one, other) => timeOf(one) - timeOf(other));
}

function validationEntry({ receivedAt, violations }: WholeCallback, word: Verdict): TimelineEntry {
  const text = violations.length === 0 ? 'No violation.' : `Violations: ${violations.length}.`;
  return { at: receivedAt, subject: 'Validated', word, text };
}

function receiptEntry(
  { receivedAt, address, userAgent }: Receipt,
  isFirst: boolean,
  isRevealed: boolean,
): TimelineEntry {
  const sender = [address && `from ${address}`, isRevealed && userAgent && `by ${userAgent}`];
  return {
    at: receivedAt,
    subject: isFirst ? 'Received' : 'Received again',
    text: sender.filter(Boolean).join(', '),
  };
}

function attemptEntries({ route, state, nextAt, attempts }: Delivery): readonly TimelineEntry[] {
  const subject = route === confirmRoute ? 'Confirmation' : `Delivery to ${route}`;
  const made = attempts.map(({ startedAt, endedAt, outcome }, index): TimelineEntry => {
    const isLast = index === attempts.length - 1;
    const took = endedAt && `${endedAt.getTime() - startedAt.getTime()} ms`;
    return {
      at: startedAt,
      subject: `${subject}, attempt ${index + 1}`,
      ...((isLast || outcome === 'taken') && { word: outcome === 'taken' ? 'taken' : state }),
      text: [outcome === 'taken' ? undefined : (outcome ?? 'It is running.'), took]
        .filter(Boolean)
        .join(', '),
    };
  });
  return nextAt ? [...made, { at: nextAt, subject, word: 'due', text: 'The next attempt.' }] : made;
}
