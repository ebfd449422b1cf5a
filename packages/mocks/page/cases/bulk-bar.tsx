import type { RefObject } from 'preact';
import type { MerchantSummary } from '../control/schemas.ts';
import { countWords } from '../parts/count-words.ts';
import { type DecisionKind, decisionKinds, decisions, outcomeOf } from './decisions.ts';

interface BulkBarProps {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly marked: readonly MerchantSummary[];
  readonly queue: readonly MerchantSummary[];
  readonly setMarks: (ids: ReadonlySet<string>) => void;
  readonly decide: (kind: DecisionKind) => void;
}

/** Marks all shown cases, and decides all marked cases. */
export function BulkBar({ root, marked, queue, setMarks, decide }: BulkBarProps) {
  if (queue.length === 0 && marked.length === 0) return null;
  const isAny = marked.length > 0;
  const possible = decisionKinds.filter((kind) => marked.some((each) => outcomeOf(kind, each) !== undefined));
  return (
    <div ref={root} class="bulk">
      <label class="check">
        <input
          type="checkbox"
          checked={isAny}
          indeterminate={isAny && marked.length < queue.length}
          onChange={() => setMarks(new Set(isAny ? [] : queue.map(({ id }) => id)))}
        />
        {isAny ? `${countWords(marked.length, 'case')} marked` : 'Mark all shown'}
      </label>
      {possible.map((kind) => (
        <button key={kind} type="button" class={`small ${kind}`} onClick={() => decide(kind)}>
          {decisions[kind].verb}…<span class="hidden"> {countWords(marked.length, 'case')}</span>
        </button>
      ))}
    </div>
  );
}
