import type { components } from '../src/control-client.ts';
import { answered } from './connection.ts';
import { element } from './element.ts';
import type { Desk } from './views.ts';
import { count, moment } from './words.ts';

type Callback = components['schemas']['Callback'];
type Attempt = Callback['attempts'][number];

/** Callbacks, the newest first, each with its attempts, its payload, and a way to post it again. */
export function callbackList(desk: Desk, callbacks: readonly Callback[], namesCase: boolean): HTMLElement {
  if (callbacks.length === 0)
    return element(
      'p',
      { class: 'quiet' },
      'None. They are posted where the partner has registered a URL for the event.',
    );
  return element(
    'ul',
    { class: 'callbacks' },
    ...callbacks.toReversed().map((callback) => item(desk, callback, namesCase)),
  );
}

function item(desk: Desk, callback: Callback, namesCase: boolean): HTMLElement {
  const { id, event, url, status, merchantId, payload, attempts } = callback;
  const name = `${event} callback ${id.slice(-6)}`;
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'row' },
      element('span', { class: `chip ${event}` }, event),
      element('span', { class: `state ${status}` }, status),
      element('code', {}, url),
      namesCase && caseButton(desk, id, merchantId),
      element(
        'button',
        {
          type: 'button',
          id: `redeliver-${id}`,
          'aria-label': `Redeliver the ${name}`,
          click: () => desk.act(`The ${event} callback was posted again.`, () => redeliver(desk, id)),
        },
        'Redeliver',
      ),
    ),
    element('ol', { class: 'attempts' }, ...attempts.map(attemptLine)),
    element(
      'details',
      { id: `payload-${id}` },
      element('summary', {}, `Payload of the ${name}, masked`),
      element(
        'pre',
        { tabindex: 0, role: 'group', 'aria-label': `Payload of the ${name}` },
        JSON.stringify(payload, null, 2),
      ),
    ),
  );
}

function caseButton(desk: Desk, callbackId: string, merchantId: string): HTMLElement {
  const properties = {
    type: 'button',
    id: `case-of-${callbackId}`,
    click: () => desk.goTo('Cases', merchantId),
  };
  return element('button', properties, `Case ${merchantId.slice(-6)}`);
}

function attemptLine({ at, status, problem }: Attempt): HTMLElement {
  const taken = status !== undefined && status >= 200 && status < 300;
  const said = status === undefined ? (problem ?? 'no response') : `answered ${status}`;
  return element('li', { class: taken ? 'taken' : 'failed' }, `${moment(at)} · ${said}`);
}

function redeliver({ control }: Desk, callbackId: string): Promise<unknown> {
  return answered(
    control.POST('/callbacks/{callbackId}/redeliver', { params: { path: { callbackId } }, body: {} }),
  );
}

/** How many callbacks there are, and how many are still to be taken. */
export function callbackSummary(callbacks: readonly Callback[]): string {
  const waiting = callbacks.filter(({ status }) => status === 'waiting').length;
  return `${count(callbacks.length, 'callback')}, ${waiting} waiting`;
}
