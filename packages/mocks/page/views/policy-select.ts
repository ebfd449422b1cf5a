import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { element } from '../shell/element.ts';
import type { PageContext, View } from '../shell/page-context.ts';

type Policy = components['schemas']['Policy'];

const policies: { readonly [kind: string]: { readonly label: string; readonly body: Policy } } = {
  manual: { label: 'by hand', body: { kind: 'manual' } },
  'auto-accept': { label: 'automatically: accept', body: { kind: 'auto-accept' } },
  'auto-reject': {
    label: 'automatically: reject',
    body: { kind: 'auto-reject', reason: 'Rejected by the policy.' },
  },
  random: { label: 'at random', body: { kind: 'random', weights: { accept: 2, reject: 1, draft: 1 } } },
};

/** Selects how new cases are decided. The page shows a policy with rules but cannot edit the policy. */
export function createPolicySelect({ control, act }: PageContext): View {
  const options = Object.entries(policies).map(([kind, { label }]) =>
    element('option', { value: kind }, label),
  );
  const byRule = element('option', { value: 'by-rule', disabled: true }, 'by rules');
  const input = element('select', { id: 'policy', change: setPolicy }, ...options, byRule);

  function setPolicy(): void {
    const policy = policies[input.value];
    if (!policy) return;
    const { label, body } = policy;
    void act(`New cases are decided ${label}.`, () => dataOf(control.PUT('/policy', { body })));
  }

  const label = element('label', { for: input.id }, 'New cases are decided');
  return {
    root: element('div', { class: 'policy' }, label, input),
    refresh: async () => {
      const { kind } = await dataOf(control.GET('/policy'));
      if (document.activeElement !== input) input.value = kind;
    },
  };
}
