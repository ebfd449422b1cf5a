import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { button, element, fromTemplate, jsonDetails, part, quiet, render } from '../shell/element.ts';
import { formatCount, formatTime } from '../shell/format.ts';
import type { PageContext, View } from '../shell/page-context.ts';

type Callback = components['schemas']['Callback'];
type Attempt = Callback['attempts'][number];

export function createCallbacksView(context: PageContext): View {
  const { control, act } = context;
  const root = fromTemplate('callbacks', 'section');
  const summary = part(root, 'p');
  const list = part(root, 'div', 'callback-list');
  const drain = () => dataOf(control.POST('/callbacks/drain', { body: {} }));
  part(root, 'button').addEventListener('click', () => act('All due callbacks were posted.', drain));
  return {
    root,
    refresh: async () => {
      const callbacks = await dataOf(control.GET('/callbacks'));
      const waiting = callbacks.filter(({ status }) => status === 'waiting').length;
      const text = `${formatCount(callbacks.length, 'callback')}, ${waiting} waiting`;
      render(summary, text, () => [text]);
      render(list, callbacks, () => [callbackList(context, callbacks, true)]);
    },
  };
}

/** Lists callbacks, newest first, each with its attempts, its payload and a button that posts the callback again. */
export function callbackList(
  context: PageContext,
  callbacks: readonly Callback[],
  linksToCase: boolean,
): HTMLElement {
  if (callbacks.length === 0)
    return quiet(
      'No callbacks. The sandbox posts a callback if the partner has registered a URL for the event.',
    );
  const items = callbacks.toReversed().map((callback) => callbackItem(context, callback, linksToCase));
  return element('ul', { class: 'callbacks' }, ...items);
}

function callbackItem(
  { control, act, goTo }: PageContext,
  callback: Callback,
  linksToCase: boolean,
): HTMLElement {
  const { id, event, url, status, merchantId, payload, attempts } = callback;
  const name = `${event} callback ${id.slice(-6)}`;
  const path = { callbackId: id };
  const redeliver = () =>
    act(`The ${event} callback was posted again.`, () =>
      dataOf(control.POST('/callbacks/{callbackId}/redeliver', { params: { path }, body: {} })),
    );
  const caseLink = () =>
    button({ id: `case-of-${id}`, click: () => goTo('Cases', merchantId) }, `Case ${merchantId.slice(-6)}`);
  const label = `Redeliver the ${name}`;
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'row' },
      element('span', { class: `chip ${event}` }, event),
      element('span', { class: `state ${status}` }, status),
      element('code', {}, url),
      linksToCase && caseLink(),
      button({ id: `redeliver-${id}`, 'aria-label': label, click: redeliver }, 'Redeliver'),
    ),
    element('ol', { class: 'attempts' }, ...attempts.map(attemptItem)),
    jsonDetails(`payload-${id}`, `Payload of the ${name}, masked`, `Payload of the ${name}`, payload),
  );
}

function attemptItem({ at, status, problem }: Attempt): HTMLElement {
  const isDelivered = status !== undefined && status >= 200 && status < 300;
  const outcome = status === undefined ? (problem ?? 'no response') : `status ${status}`;
  return element('li', { class: isDelivered ? 'taken' : 'failed' }, `${formatTime(at)} · ${outcome}`);
}
