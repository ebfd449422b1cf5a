import { expect, test } from 'vitest';
import { lint } from './lint.ts';

test('the contract passes the rules of Redocly and our own', async () => {
  expect(await lint('redocly.yaml')).toEqual([[]]);
});
