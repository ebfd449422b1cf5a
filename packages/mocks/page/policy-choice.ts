import type { components } from '../src/control-client.ts';
import { answered } from './connection.ts';
import { element } from './element.ts';
import type { Desk } from './views.ts';

type Policy = components['schemas']['Policy'];

const offered: { readonly [kind in Policy['kind']]?: readonly [label: string, policy: Policy] } = {
  manual: ['by hand', { kind: 'manual' }],
  'auto-accept': ['accepted by itself', { kind: 'auto-accept' }],
  'auto-reject': ['rejected by itself', { kind: 'auto-reject', reason: 'Rejected by the policy.' }],
  random: ['at random', { kind: 'random', weights: { accept: 2, reject: 1, draft: 1 } }],
};

/** Who decides cases from now on. A policy that this cannot express is shown, and left as it is. */
export function policyChoice({ control, act }: Desk): {
  readonly place: HTMLElement;
  readonly look: () => Promise<void>;
} {
  const options = Object.entries(offered).map(([kind, [label]]) => element('option', { value: kind }, label));
  const other = element('option', { value: 'by-rule', disabled: true }, 'by rules');
  const choice = element('select', { id: 'policy' }, ...options, other);
  choice.addEventListener('change', () => {
    const [label, body] = offered[choice.value as Policy['kind']] ?? [];
    if (!body) return;
    void act(`A new case is decided ${label}.`, () => answered(control.PUT('/policy', { body })));
  });
  return {
    place: element(
      'div',
      { class: 'policy' },
      element('label', { for: 'policy' }, 'A new case is decided'),
      choice,
    ),
    look: async () => {
      const { kind } = await answered(control.GET('/policy'));
      if (document.activeElement !== choice) choice.value = kind;
    },
  };
}
