import { useState } from 'preact/hooks';
import { dataOf } from '../control/data-of.ts';
import type { Schemas } from '../control/schemas.ts';
import { numberOrText } from '../faults/fault-spec.ts';
import { Field, hintOf } from '../parts/field.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';

type Policy = Schemas['Policy'];

const kinds: readonly (readonly [Policy['kind'], string])[] = [
  ['manual', 'by hand'],
  ['auto-accept', 'automatically: accept'],
  ['auto-reject', 'automatically: reject'],
  ['random', 'at random'],
];

/** Sets how pending cases are decided. A policy with rules is shown, but only the API can change its rules. */
export function PolicyForm({ policy }: { readonly policy: Policy }) {
  const { control } = useSandbox();
  const act = useAct();
  const [kind, setKind] = useState<string>(policy.kind);
  const [after, setAfter] = useState('after' in policy ? `${policy.after}` : '');
  const put = (body: Policy) => dataOf(control.PUT('/policy', { body }));

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const label = kinds.find(([each]) => each === kind)?.[1] ?? kind;
    await act(
      `Pending cases are decided ${label}.`,
      () => put(policyOf(kind, after, policy)),
      () => ({
        label: 'Undo',
        run: () => void act('The policy is back.', () => put(policy)),
      }),
    );
  }

  return (
    <form class="stack" onSubmit={save}>
      <div class="fields">
        <Field id="policy" label="Pending cases are decided">
          <select id="policy" value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
            {kinds.map(([each, label]) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
            {policy.kind === 'by-rule' && <option value="by-rule">by rules</option>}
          </select>
        </Field>
        {kind !== 'manual' && (
          <Field id="policy-after" label="After" hint="Such as 90s, 10m or 2d. Empty: at once.">
            <input
              id="policy-after"
              aria-describedby={hintOf('policy-after')}
              value={after}
              onInput={({ currentTarget }) => setAfter(currentTarget.value)}
            />
          </Field>
        )}
      </div>
      {policy.kind === 'by-rule' && kind === 'by-rule' && <RuleList rules={policy.rules} />}
      <div class="buttons">
        <button type="submit" class="main">
          Set
        </button>
      </div>
    </form>
  );
}

function RuleList({ rules }: Pick<Extract<Policy, { kind: 'by-rule' }>, 'rules'>) {
  return (
    <ul class="plain-list">
      {rules.map(({ field, contains, decision }) => (
        <li key={`${field} ${contains}`}>
          {field} contains “{contains}”: {decision}
        </li>
      ))}
    </ul>
  );
}

/** The control API validates the policy, and explains what is wrong. */
function policyOf(kind: string, after: string, policy: Policy): Policy {
  const delay = after.trim() === '' || kind === 'manual' ? {} : { after: numberOrText(after.trim()) };
  if (kind === policy.kind) {
    // What the form does not show stays: rules, weights and the reason.
    const { after: _, ...kept } = { after: undefined, ...policy };
    return { ...kept, ...delay } as Policy;
  }
  const extra: { readonly [kind: string]: object } = {
    manual: {},
    'auto-accept': delay,
    'auto-reject': { ...delay, reason: 'Rejected by the policy.' },
    random: { ...delay, weights: { accept: 2, reject: 1, draft: 1 } },
  };
  return { kind, ...extra[kind] } as Policy;
}
