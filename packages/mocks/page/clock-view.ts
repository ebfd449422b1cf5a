import { answered } from './connection.ts';
import { byId, element, show } from './element.ts';
import type { Desk } from './views.ts';
import { moment } from './words.ts';

const leaps: readonly (readonly [label: string, said: string, seconds: number])[] = [
  ['+1 min', 'a minute', 60],
  ['+1 h', 'an hour', 3600],
  ['+1 day', 'a day', 86_400],
  ['+14 days', '14 days', 1_209_600],
];

/** The clock of the sandbox, and buttons that put it forward. */
export function clockView({ control, act }: Desk): { readonly look: () => Promise<void> } {
  const time = element('time', { title: 'Time of the sandbox, UTC' });
  const buttons = leaps.map(([label, said, seconds]) =>
    element(
      'button',
      {
        type: 'button',
        title: `Put the clock forward by ${said}`,
        click: () =>
          act(`The clock is ${said} ahead.`, () =>
            answered(control.POST('/clock/advance', { body: { seconds } })),
          ),
      },
      label,
    ),
  );
  byId('clock').replaceChildren(time, ...buttons);
  return {
    look: async () => {
      const { now } = await answered(control.GET('/clock'));
      show(time, Math.floor(now / 1000), () => [new Text(moment(now))]);
    },
  };
}
