import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { startServer } from '../support/running-server.ts';

test.each([
  ['breaks off', 'Content-Length: 1000\r\n\r\nshort'],
  ['is malformed', 'Transfer-Encoding: chunked\r\n\r\nno length\r\n'],
  ['never ends', 'Transfer-Encoding: chunked\r\n\r\n'],
])(
  'a target that responds with 2xx has taken the callback, also if the rest of its response %s',
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
    const outcomes = async () => {
      const [kept] = await server.callbacks.list();
      return kept?.deliveries[0]?.attempts.flatMap(({ outcome }) => outcome ?? []);
    };
    await expect.poll(outcomes).toEqual(['taken']);
  },
);
