import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServer } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { startServer } from '../support/running-server.ts';

/** How the attempts of all callbacks have ended. */
async function outcomesOf({ callbacks }: CallbackServer): Promise<string[]> {
  const kept = await callbacks.list();
  return kept.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ attempts }) => attempts.flatMap(({ outcome }) => outcome ?? [])),
  );
}

test.each([
  ['breaks off', 'Content-Length: 1000\r\n\r\nshort'],
  ['is malformed', 'Transfer-Encoding: chunked\r\n\r\nno length\r\n'],
  ['never ends', 'Transfer-Encoding: chunked\r\n\r\n'],
])(
  'a target that responds with 2xx has taken the callback, even if the rest of its response %s',
  async (what, rest) => {
    const target = await listenOnFreePort(
      createServer(({ socket }) => {
        socket.write(`HTTP/1.1 200 OK\r\n${rest}`);
        if (what === 'breaks off') socket.end();
      }),
    );
    onTestFinished(target.close);
    const { server, post } = await startServer({ forwardUrl: target.url });
    await post('accept', callback('accept'));
    await expect.poll(() => outcomesOf(server)).toEqual(['taken']);
  },
);

test('the connection of a response that never ends is closed', async () => {
  const ended = Promise.withResolvers<void>();
  const target = await listenOnFreePort(
    createServer(({ socket }, response) => {
      socket.once('close', () => ended.resolve());
      response.writeHead(200).write('and so on');
    }),
  );
  onTestFinished(target.close);
  const { post } = await startServer({ forwardUrl: target.url });
  await post('accept', callback('accept'));
  await ended.promise;
});

test('a connection is used again for the next callback', async () => {
  let connections = 0;
  const target = await listenOnFreePort(
    createServer((request, response) => {
      request.resume().on('end', () => response.end('taken'));
    }).on('connection', () => {
      connections += 1;
    }),
  );
  onTestFinished(target.close);
  const { server, post } = await startServer({ forwardUrl: target.url });
  for (const count of [1, 2, 3]) {
    await post('accept', callback('accept', { id: String(count).padStart(24, '0') }));
    await expect.poll(async () => (await outcomesOf(server)).length).toBe(count);
  }
  expect(connections).toBe(1);
});

test('a target that wants to change the protocol fails the attempt at once', async () => {
  const target = await listenOnFreePort(
    createServer(({ socket }) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n');
    }),
  );
  onTestFinished(target.close);
  const { server, post } = await startServer({ forwardUrl: target.url });
  await post('accept', callback('accept'));
  await expect.poll(async () => (await outcomesOf(server))[0]).toBe('responded 101');
});

test('a redirect is not followed, and fails the attempt', async () => {
  const target = await listenOnFreePort(
    createServer((request, response) => {
      request.resume();
      response.writeHead(request.url === '/' ? 307 : 200, { Location: '/elsewhere' }).end();
    }),
  );
  onTestFinished(target.close);
  const { server, post } = await startServer({ forwardUrl: target.url });
  await post('accept', callback('accept'));
  await expect.poll(async () => (await outcomesOf(server))[0]).toBe('responded 307');
});
