import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { drawGraph } from '../../src/diagrams/draw-graph.ts';
import { callbackWay, replicas, unknownOutcome } from '../../src/diagrams/guide-graphs.ts';
import { retryGraph } from '../../src/diagrams/retry-graph.ts';
import { quoteTable } from '../../src/fragments/quote-table.ts';

test('the retry diagram shows the same outcome of each failure as the tests of the client', () => {
  const arrows = retryGraph().arrows.map(({ from, to, text = '' }) => [from, to, text].join(' | '));
  const textOf = (call: string, to: string) =>
    arrows.find((arrow) => arrow.startsWith(`A ${call} has failed | ${to}`)) ?? '';
  expect(textOf('read', 'Again')).toMatch(/429[\s\S]*503[\s\S]*connection refused[\s\S]*no response/);
  expect(textOf('write', 'Again')).toMatch(/429[\s\S]*connection refused/);
  expect(textOf('write', 'Again')).not.toMatch(/50\d|no response/);
  expect(textOf('write', 'OutcomeUnknownError')).toMatch(/2xx that is not JSON[\s\S]*503[\s\S]*no response/);
  expect(textOf('read', 'OutcomeUnknownError')).toBe('');
  for (const call of ['read', 'write']) {
    expect(textOf(call, 'Once more')).toContain('401');
    expect(textOf(call, 'The error of the status')).toMatch(/400[\s\S]*422/);
  }
});

test.each([callbackWay, replicas, unknownOutcome, retryGraph()])(
  'the text of a picture names each arrow: $title',
  async (graph) => {
    const [, text = ''] = /role="img" aria-label="([^"]+)"/.exec(await drawGraph(graph)) ?? [];
    for (const { from, to } of graph.arrows) expect(text).toContain(`${from} to ${to}`.replaceAll('\n', ' '));
  },
);

test('the callback diagram shows only statuses of the receiver', async () => {
  const page = await readFile(new URL('../../src/content/docs/callback-server.md', import.meta.url), 'utf8');
  const table = quoteTable(page, 'Responses to the provider');
  const shown: readonly string[] = callbackWay.arrows.flatMap(({ to }) => to.match(/\b[245]\d\d\b/g) ?? []);
  const documented: readonly string[] = table.match(/(?<=\| )[245]\d\d/g) ?? [];
  // The way from the provider has no 405, 417 and 431, and no 422 without INVALID_CALLBACKS=reject.
  const left = new Set(documented.filter((status) => !shown.includes(status)));
  expect([...left].toSorted()).toEqual(['405', '417', '422', '431']);
  expect(shown.filter((status) => !documented.includes(status))).toEqual([]);
});
