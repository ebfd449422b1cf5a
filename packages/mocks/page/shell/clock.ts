import { dataOf } from './connection.ts';
import { button, byId, element, render } from './element.ts';
import { formatTime } from './format.ts';
import type { PageContext } from './page-context.ts';

const steps = [
  { label: '+1 min', words: 'a minute', seconds: 60 },
  { label: '+1 h', words: 'an hour', seconds: 3600 },
  { label: '+1 day', words: 'a day', seconds: 86_400 },
  { label: '+14 days', words: '14 days', seconds: 1_209_600 },
];

/** Returns a function that shows the present time. */
export function createClock({ control, act }: PageContext): () => Promise<void> {
  const time = element('time', { title: 'Time of the sandbox, in UTC' });
  const buttons = steps.map(({ label, words, seconds }) => {
    const advance = () => dataOf(control.POST('/clock/advance', { body: { seconds } }));
    const click = () => act(`The clock moved forward by ${words}.`, advance);
    return button({ title: `Move the clock forward by ${words}`, click }, label);
  });
  byId('clock').replaceChildren(time, ...buttons);
  return async () => {
    const { now } = await dataOf(control.GET('/clock'));
    render(time, Math.floor(now / 1000), () => [formatTime(now)]);
  };
}
