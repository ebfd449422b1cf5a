import { callbackList, callbackSummary } from './callback-list.ts';
import { answered } from './connection.ts';
import { element, show } from './element.ts';
import type { Desk, View } from './views.ts';

/** Every callback, of all cases. */
export function callbacksView(desk: Desk): View {
  const { control, act } = desk;
  const summary = element('p', { class: 'quiet' });
  const list = element('div');
  const drain = element(
    'button',
    {
      type: 'button',
      click: () =>
        act('What was due is posted.', () => answered(control.POST('/callbacks/drain', { body: {} }))),
    },
    'Post what is due',
  );
  return {
    place: element(
      'section',
      { class: 'sheet', 'aria-label': 'Callbacks' },
      element('div', { class: 'row' }, element('h2', {}, 'Callbacks'), summary, drain),
      list,
    ),
    look: async () => {
      const callbacks = await answered(control.GET('/callbacks'));
      show(summary, callbackSummary(callbacks), () => [new Text(callbackSummary(callbacks))]);
      show(list, callbacks, () => [callbackList(desk, callbacks, true)]);
    },
  };
}
