import type { IncomingCallback } from '../../../../packages/callback-server/src/callback/incoming-callback.ts';
import { createMetrics } from '../../../../packages/callback-server/src/metrics/create-metrics.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';

/** Every metric of the callback server, from what the server itself renders. */
export async function metricsTable(): Promise<string> {
  const lines = (await renderMetrics()).split('\n');
  const rows = lines.flatMap((line, index) => {
    const [, name = '', help = ''] = /^# HELP (\S+) (.*)$/.exec(line) ?? [];
    if (name === '') return [];
    const type = lines[index + 1]?.split(' ').at(-1) ?? '';
    return [[code(name), type, labelsOf(name, lines).map(code).join(', '), help]];
  });
  return table(['metric', 'type', 'labels', 'meaning'], rows);
}

/** The names of a metric's labels. `le` is the bound of a histogram's bucket. */
function labelsOf(name: string, lines: readonly string[]): string[] {
  const sample = lines.find((line) => new RegExp(`^${name}(_bucket|_count)?\\{`).test(line)) ?? '';
  return [...sample.matchAll(/(\w+)="/g)].flatMap(([, label = '']) => (label === 'le' ? [] : [label]));
}

/** Renders the metrics after one measurement of each kind, so that every label occurs. */
function renderMetrics(): Promise<string> {
  const metrics = createMetrics();
  const callback: IncomingCallback = {
    body: new Uint8Array(),
    bodySha256: '',
    receivedAt: new Date(0),
    sender: { address: '', userAgent: '' },
    dedupKey: '',
    event: 'accept',
    verdict: 'drift',
    violations: [{ pointer: '', keyword: 'type', expected: '' }],
  };
  const claim = {
    token: '',
    route: 'forward',
    orderKey: '',
    callback: 1,
    callbackId: '',
    receivedAt: new Date(),
    attempt: 1,
  };
  metrics.kept(callback, true, 0);
  metrics.refused(['store']);
  metrics.tooManyConnections('new');
  metrics.attemptEnded(claim, { state: 'dead', outcome: '' }, 0);
  metrics.attemptEnded(claim, { state: 'taken' }, 0);
  const routes = [
    { route: 'forward', blockedMerchants: 0, deadLetters: 0, open: 0, circuit: 'closed' },
  ] as const;
  const merchants = { known: 1, inStep: 1, overdue: 0, unverifiable: 0, oldestOverdueMs: null };
  return metrics.render({ routes, merchants, freeBytes: 0, droppedLogLines: 0 });
}
