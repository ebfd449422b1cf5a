import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { token } from '../server/server-process.ts';

/** Something that a broken or hostile sender might send. */
export interface BadInput {
  readonly name: string;
  /** All bytes that are sent, on a connection of their own. */
  readonly bytes: Uint8Array;
  /**
   * - `store`: the callback is authenticated and complete, so the server must store it.
   * - `refuse`: the server must not respond with 2xx.
   * - `either`: both are right.
   */
  readonly must: 'store' | 'refuse' | 'either';
  /** The body that is stored, if the callback is stored. */
  readonly body: Uint8Array;
  /** The sender disconnects without waiting for a response. */
  readonly disconnects?: boolean;
}

/** The status of the first response, `closed` if the server closed without one, `hung` if the server did nothing. */
export type Outcome = number | 'closed' | 'hung';

export const json = 'Content-Type: application/json';
const silenceMs = 60_000;
const disconnectsAfterMs = 20;

/** Builds a request that the receiver accepts, except for the given changes. */
export function request(
  body: Uint8Array,
  {
    method = 'POST',
    path = `/callbacks/${token}/accept`,
    version = 'HTTP/1.1',
    headers = [json, `Content-Length: ${body.length}`],
  }: { method?: string; path?: string; version?: string; headers?: readonly string[] } = {},
): Uint8Array {
  const head = [`${method} ${path} ${version}`, 'Host: callbacks.example.com', ...headers, '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), body]);
}

/** Sends the bytes of an input unchanged, over a connection of their own. */
export async function send(url: string, { bytes, disconnects }: BadInput): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    return await new Promise<Outcome>((resolve) => {
      let response = '';
      // On a busy machine silence means little. The input hung if the server responds to other requests meanwhile.
      socket.setTimeout(silenceMs, () => void waitForLiveness(url).then(() => resolve('hung')));
      socket.on('data', (chunk) => {
        response += chunk.toString('latin1');
        const status = /^HTTP\/1\.[01] (?!100)(\d{3})/m.exec(response)?.[1];
        if (status) resolve(Number(status));
      });
      // The server may close while we still send.
      socket.on('error', () => {}).on('close', () => resolve('closed'));
      socket.write(bytes);
      if (disconnects) delay(disconnectsAfterMs).then(() => resolve('closed'));
    });
  } finally {
    socket.destroy();
  }
}

/** Waits for a response to a health request, or for the end of the server. */
async function waitForLiveness(url: string): Promise<void> {
  await fetch(`${url}/health/live`).catch(() => {});
}
