import { expect, test } from 'vitest';
import { outsideMistakes } from '../outside-mistakes.ts';

test('each mistake from outside still changes its file', () => {
  expect(outsideMistakes().length).toBeGreaterThan(400);
});
