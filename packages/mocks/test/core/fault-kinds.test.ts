import { expect, test } from 'vitest';
import { requestFaultKinds } from '../../src/index.ts';

test('a response can break in at least 20 ways', () => {
  expect(Object.keys(requestFaultKinds).length).toBeGreaterThanOrEqual(20);
});
