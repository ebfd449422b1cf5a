import type { RetryRow } from '../../../../packages/client/test/retry/retry-row.ts';
import { retryRows } from '../../../../packages/client/test/retry/retry-rows.ts';
import type { Graph } from './draw-graph.ts';

/** What the client does after a failed attempt, from the table that its tests run. */
export function retryGraph(): Graph {
  const decisions = retryRows.filter(isDecision).map((row) => ({ ...row, next: nextOf(row) }));
  const arrows = Map.groupBy(decisions, ({ call, next }) => `A ${call} has failed\t${next}`);
  return {
    title: 'What the client does after a failed attempt',
    direction: 'LR',
    arrows: [...arrows].map(([ends, rows]) => {
      const [from = '', to = ''] = ends.split('\t');
      return { from, to, text: inLines([...new Set(rows.map(causeOf))].toSorted(byStatus)) };
    }),
  };
}

/** Whether a row is about what one failure means, and not about delays, limits and a caller who gives up. */
function isDecision({ faults, abort, limits, name }: RetryRow): boolean {
  return (
    faults.length === 1 && !abort && !limits && !name.includes('a Retry-After') && !name.includes('429 with')
  );
}

function nextOf({ faults: [fault], ends }: RetryRow): string {
  if (ends === 'unknown') return 'OutcomeUnknownError:\nfind out first';
  if (ends !== 'success') return 'The error of the status';
  return fault?.kind === 'status' && fault.status === 401
    ? 'Once more, with a new token'
    : 'Again, after a delay';
}

function causeOf({ faults: [fault], ends }: RetryRow): string {
  if (fault?.kind !== 'status') return fault?.kind ?? '';
  if (fault.status === 200) return '2xx that is not JSON';
  if (fault.status !== 403) return String(fault.status);
  return ends === 'success' ? '403 about a limit' : '403';
}

/** Statuses in their order, and then what is no status. */
function byStatus(left: string, right: string): number {
  return (Number.parseInt(left, 10) || 600) - (Number.parseInt(right, 10) || 600);
}

/** Short lines, so that the picture stays narrow. */
function inLines(causes: readonly string[]): string {
  const lines: string[] = [];
  for (const cause of causes) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + cause.length < 28) lines[lines.length - 1] = `${last}, ${cause}`;
    else lines.push(cause);
  }
  return lines.join(',\n');
}
