import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Impact } from '../../changes/impact/impact.ts';
import { changeKinds } from '../../changes/impact/impact.ts';
import { type Bundle, judgeContract } from '../../changes/release-check.ts';
import { versionAfter } from '../../changes/version.ts';

interface Pair {
  name: string;
  base: Bundle;
  revision: Bundle;
  expected: { impact: Impact | 'none'; changes: { direction: string; kind: string; impact: Impact }[] };
}

const folder = new URL('./pairs/', import.meta.url);
const pairs = readdirSync(folder).map((file) => ({
  file,
  ...(parse(readFileSync(new URL(file, folder), 'utf8')) as Pair),
}));

test('there are pairs of every impact and of every kind of change', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(40);
  expect(new Set(pairs.map(({ expected }) => expected.impact))).toEqual(
    new Set(['major', 'minor', 'patch', 'none']),
  );
  const kinds = new Set(pairs.flatMap(({ expected }) => expected.changes.map(({ kind }) => kind)));
  expect(changeKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test.each(pairs)('$file: $name', ({ base, revision, expected }) => {
  const { changes, needed, released } = judgeContract(base, revision);
  const found = changes.map(({ direction, kind, impact }) => ({ direction, kind, impact }));
  const inOrder = (list: object[]) => list.map((change) => JSON.stringify(change)).sort();
  expect(inOrder(found)).toEqual(
    inOrder(expected.changes.map(({ direction, kind, impact }) => ({ direction, kind, impact }))),
  );
  expect(needed).toBe(versionAfter(released, expected.impact === 'none' ? undefined : expected.impact));
});
