import { expect, test, vi } from 'vitest';
import type { ReceivedCallback } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

test('drift is delivered; invalid and unparsable callbacks are not', async () => {
  const taken: ReceivedCallback[] = [];
  const { server, post } = await startServer({}, (server) =>
    server.on('accept', (received) => void taken.push(received)),
  );
  await post('accept', 'not JSON');
  await post('accept', callback('accept', { status: undefined }));
  await post('accept', callback('accept', { subStatus: 'parked' }));
  await eventually(() => expect(taken).toHaveLength(1));
  expect(taken[0]).toMatchObject({ verdict: 'drift', event: 'accept' });
  const deliveries = (await server.callbacks.list()).flatMap(({ deliveries }) => deliveries);
  expect(deliveries).toHaveLength(1);
});

test('a repeated callback is delivered once', async () => {
  const handler = vi.fn();
  const { server, post } = await startServer({}, (server) => server.on('accept', handler));
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
  await post('accept', callback('accept'));
  await post('pending', callback('pending'));
  expect((await server.callbacks.list())[1]).toMatchObject({
    seenCount: 2,
    deliveries: [{ attempts: [{}] }],
  });
  expect(handler).toHaveBeenCalledTimes(1);
});

test('the server refuses a second handler for an event', async () => {
  const { server } = await startServer({}, (server) => server.on('accept', () => {}));
  expect(() => server.on('accept', () => {})).toThrow('Event accept has a handler');
});
