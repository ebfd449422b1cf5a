import type { Sandbox } from '../../../packages/mocks/src/index.ts';
import { createDice } from '../dice.ts';
import { type Asked, Traffic } from '../traffic.ts';

/** Sends a request over some transport, from wherever that starts. */
export type Send = (
  asked: Asked,
) => Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }>;

/**
 * Asks 200 things of a sandbox, right and wrong ones, among faults and decisions, and notes all that is answered.
 *
 * @param origin - Where the transport starts; it stands in the addresses of stored files.
 */
export async function transcriptOf(sandbox: Sandbox, send: Send, origin: string): Promise<readonly string[]> {
  const dice = createDice('transcript');
  const traffic = new Traffic('transcript', sandbox.fixtures);
  const lines: string[] = [];
  sandbox.faults.add({ operation: '*', kind: 'throttled-429', rate: 0.04 });
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-extra-member', rate: 0.3 });
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'truncated-json', rate: 0.1 });
  sandbox.faults.add({ operation: 'createMerchant', kind: 'proxy-page', rate: 0.1 });
  sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', rate: 0.1 });
  for (let at = 0; at < 200; at++) {
    const { asked, learn } = traffic.next();
    const line = await send(asked).then(
      ({ status, headers, text }) => {
        learn({ status, body: jsonIn(text) });
        const named = ['content-type', 'retry-after', 'sandbox-violation'].map((name) => headers.get(name));
        return [status, ...named, text.replaceAll(origin, '')].join(' ');
      },
      () => 'no answer',
    );
    lines.push(`${asked.operationId}: ${line}`);
    if (dice.onceIn(4)) decide(sandbox);
    if (dice.onceIn(40)) await sandbox.clock.advance('10m');
  }
  return lines;
}

function decide({ snapshot, backOffice }: Sandbox): void {
  const pending = Object.values(snapshot().merchants).find(({ status }) => status === 'pending');
  if (pending) backOffice.accept(pending.id);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
