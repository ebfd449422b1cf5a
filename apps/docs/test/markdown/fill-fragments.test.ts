import { expect, test } from 'vitest';
import { fillFragments } from '../../src/markdown/fill-fragments.ts';

test('a comment is replaced by the generated part of its name', () => {
  expect(fillFragments('metrics', 'Before.\n\n<!-- generated: metrics -->\n', { metrics: '| a |' })).toBe(
    'Before.\n\n| a |\n',
  );
});

test('an unknown generated part fails the build, with the page and the name', () => {
  expect(() => fillFragments('metrics', '<!-- generated: none -->', { metrics: '' })).toThrow(
    'The page metrics asks for the generated part "none". Known: metrics.',
  );
});
