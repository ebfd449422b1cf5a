// @vitest-environment jsdom
import { Blob as NodeBlob } from 'node:buffer';
import { expect, test } from 'vitest';
import { fileBytes } from '../support/example-input.ts';
import { sendEverything } from './send-everything.ts';

test('JSON and files arrive from jsdom, whose Blob differs from the Blob of fetch', async () => {
  expect(Blob).not.toBe(NodeBlob);
  await sendEverything(new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' }));
});

test('a file of Node arrives from jsdom', async () => {
  // Another class than the Blob of the environment, with the same methods.
  await sendEverything(new NodeBlob([fileBytes]) as unknown as Blob);
});
