// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { Blob as NodeBlob } from 'node:buffer';
import { expect, test } from 'vitest';
import { fileBytes } from '../support/example-input.ts';
import { sendEverything } from './send-everything.ts';

test('JSON and files arrive from happy-dom, which has a fetch of its own', async () => {
  expect(Blob).not.toBe(NodeBlob);
  await sendEverything(new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' }));
});

test('a file of Node arrives from happy-dom', async () => {
  // Another class than the Blob of the environment, with the same methods.
  await sendEverything(new NodeBlob([fileBytes]) as unknown as Blob);
});
