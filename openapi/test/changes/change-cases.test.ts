import { expect, test } from 'vitest';
import { changeKinds, highestImpact, type Impact } from '../../changes/impact/impact.ts';
import { checkRelease } from '../../changes/release-check.ts';
import { nextVersion } from '../../changes/version.ts';
import { readChangeCases } from './change-cases.ts';

const cases = readChangeCases();

test('every kind of change and every impact has a case', () => {
  const expected = cases.flatMap(({ changes }) => changes.map((change) => change.split(' ')));
  expect(new Set(expected.map(([, kind]) => kind))).toEqual(new Set(changeKinds));
  expect(new Set(expected.map(([, , impact]) => impact))).toEqual(new Set(['major', 'minor', 'patch']));
});

test('the name of each case is unique', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

test.each(cases)('$name', ({ base, revision, changes: expected }) => {
  const { changes, required, released } = checkRelease(base, revision);
  const found = changes.map(({ direction, kind, impact }) => `${direction} ${kind} ${impact}`);
  expect(found.sort()).toEqual(expected.toSorted());
  const impacts = expected.map((change) => change.split(' ')[2] as Impact);
  expect(required).toBe(nextVersion(released, highestImpact(impacts)));
});

test('a major change breaks callers, or receivers if it affects a callback or its acknowledgement', () => {
  for (const { name, base, revision } of cases)
    for (const { direction, impact, breaks } of checkRelease(base, revision).changes) {
      const side = ['callback', 'acknowledgement'].includes(direction) ? 'receivers' : 'callers';
      expect(breaks, name).toBe(impact === 'major' ? side : undefined);
    }
});
