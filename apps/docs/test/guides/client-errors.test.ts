import { readFile } from 'node:fs/promises';
import * as client from '@partner-ecosystem/client';
import { expect, test } from 'vitest';

test('the guide to the errors of the client explains every error', async () => {
  const page = await readFile(new URL('../../src/content/docs/client/errors.md', import.meta.url), 'utf8');
  const errors = Object.keys(client).filter((name) => /^[A-Z]\w+Error$/.test(name));
  expect(errors.length).toBeGreaterThan(10);
  // `PartnerError` is the class of all others.
  expect(errors.filter((name) => name !== 'PartnerError' && !page.includes(`\n| \`${name}\` |`))).toEqual([]);
});
