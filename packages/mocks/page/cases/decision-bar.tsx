import type { MerchantSummary } from '../control/schemas.ts';
import { shortcuts } from '../session/shortcuts.ts';
import { type DecisionKind, decisionKinds, decisions, outcomeOf } from './decisions.ts';

interface DecisionBarProps {
  readonly merchant: MerchantSummary;
  readonly decide: (kind: DecisionKind) => void;
}

/** The decisions that the status of the case allows. */
export function DecisionBar({ merchant, decide }: DecisionBarProps) {
  const possible = decisionKinds.filter((kind) => outcomeOf(kind, merchant) !== undefined);
  if (possible.length === 0)
    return (
      <p class="note">
        {merchant.status === 'new'
          ? 'A decision is possible after the first push.'
          : 'The case waits for another push.'}
      </p>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div class="buttons" role="group" aria-label="Decide">
      {possible.map((kind) => {
        const { verb, shortcut } = decisions[kind];
        const { key } = shortcuts[shortcut];
        return (
          <button
            key={kind}
            type="button"
            class={`decide ${kind}`}
            data-key={key}
            aria-keyshortcuts={key}
            onClick={() => decide(kind)}
          >
            {verb}…
          </button>
        );
      })}
    </div>
  );
}
