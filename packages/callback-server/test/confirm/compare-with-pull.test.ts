import { expect, test } from 'vitest';
import { type CallbackEvent, callbackEvents } from '../../src/callback/callback-event.ts';
import type { PulledDocument } from '../../src/callback/pulled-document.ts';
import { compareWithPull } from '../../src/confirm/compare-with-pull.ts';

const merchantData = { id: 'one', signzyAppId: 'EXAMPLE-1', status: 'accept' };

function pulled(details: object): PulledDocument {
  return { result: { merchantData: { basicDetails: { id: 'one', status: 'accept', ...details } } } };
}

/** For each event of a callback, the statuses of a pull that agree: the event itself, and statuses that can follow. */
const agreeing: Readonly<Record<CallbackEvent, readonly CallbackEvent[]>> = {
  accept: ['accept'],
  reject: ['reject'],
  pending: ['accept', 'reject', 'pending', 'draft'],
  draft: ['accept', 'reject', 'pending', 'draft'],
  dropoff: ['accept', 'reject', 'pending', 'draft', 'dropoff'],
  new: ['accept', 'reject', 'pending', 'draft', 'dropoff', 'new'],
};

const rows = callbackEvents.flatMap((event) => callbackEvents.map((status) => [event, status] as const));

test.each(rows)(
  'a callback %s and a pull with the status %s agree only if the table says so',
  (event, status) => {
    const problem = compareWithPull(event, { merchantData }, pulled({ status }));
    expect(problem).toBe(agreeing[event].includes(status) ? undefined : `the pull says ${status}`);
  },
);

test('a status is read in each spelling of the provider', () => {
  for (const status of ['Accepted', 'ACCEPT', ' accept '])
    expect(compareWithPull('accept', { merchantData }, pulled({ status }))).toBeUndefined();
});

test.each([
  ['another signzyAppId', { signzyAppId: 'EXAMPLE-2' }],
  ['another id', { id: 'two' }],
])('a pull with %s does not agree, although the status does', (what, details) => {
  expect(compareWithPull('accept', { merchantData }, pulled(details))).toBe(`the pull has ${what}`);
});

test('an id that is empty or missing on one side is no difference', () => {
  for (const signzyAppId of [undefined, ''])
    expect(compareWithPull('accept', { merchantData }, pulled({ signzyAppId }))).toBeUndefined();
});

test.each([
  ['a status that no event names', { status: 'archived' }],
  ['a status of another type', { status: 7 }],
])('a pull with %s agrees with nothing', (_, details) => {
  expect(compareWithPull('new', { merchantData }, pulled(details))).toBe('the pull has no known status');
});

test('a response of another form agrees with nothing', () => {
  for (const document of [null, 'text', {}, { result: null }])
    expect(compareWithPull('new', { merchantData }, document as never)).toBe('the pull has no known status');
});
