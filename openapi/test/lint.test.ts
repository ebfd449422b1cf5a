import { expect, test } from 'vitest';
import { lint } from './lint.ts';

test('Redocly and our own rules find no problem in the contract', async () => {
  expect(await lint('--config', 'redocly.yaml')).toEqual([]);
});
