import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { BadInput } from './bad-input.ts';

const mayTakeMs = 30_000;
const hangsUpAfterMs = 20;

/** The status of the first answer; `closed` where the server ended the connection without one; `hung` where it did nothing. */
export type Outcome = number | 'closed' | 'hung';

/** Sends bytes as they are, over a connection of their own. */
export async function exchange(url: string, { bytes, hangsUp }: BadInput): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    return await new Promise<Outcome>((resolve) => {
      let answer = '';
      socket.setTimeout(mayTakeMs, () => resolve('hung'));
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
        const status = /^HTTP\/1\.[01] (?!100)(\d{3})/m.exec(answer)?.[1];
        if (status) resolve(Number(status));
      });
      // The server may well end it while we still send.
      socket.on('error', () => {}).on('close', () => resolve('closed'));
      socket.write(bytes);
      if (hangsUp) delay(hangsUpAfterMs).then(() => resolve('closed'));
    });
  } finally {
    socket.destroy();
  }
}
