import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { drawGraph } from '../../src/diagrams/draw-graph.ts';
import { callbackWay, replicas, unknownOutcome } from '../../src/diagrams/guide-graphs.ts';
import { quoteTable } from '../../src/fragments/quote-table.ts';

test.each([callbackWay, replicas, unknownOutcome])(
  'the text of a picture names each arrow: $title',
  async (graph) => {
    const [, text = ''] = /role="img" aria-label="([^"]+)"/.exec(await drawGraph(graph)) ?? [];
    for (const { from, to } of graph.arrows) expect(text).toContain(`${from} to ${to}`);
  },
);

test('the picture of a callback shows only statuses of the receiver', async () => {
  const page = await readFile(new URL('../../src/content/docs/callback-server.md', import.meta.url), 'utf8');
  const table = quoteTable(page, 'Responses to the provider');
  const shown: readonly string[] = callbackWay.arrows.flatMap(({ to }) => to.match(/\b[245]\d\d\b/g) ?? []);
  const documented: readonly string[] = table.match(/(?<=\| )[245]\d\d/g) ?? [];
  // The way from the provider has no 405, 417 and 431, and no 422 without INVALID_CALLBACKS=reject.
  const left = new Set(documented.filter((status) => !shown.includes(status)));
  expect([...left].toSorted()).toEqual(['405', '417', '422', '431']);
  expect(shown.filter((status) => !documented.includes(status))).toEqual([]);
});
