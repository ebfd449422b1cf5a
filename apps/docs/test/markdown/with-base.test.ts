import { expect, test } from 'vitest';
import { withBase } from '../../src/markdown/with-base.ts';

test.each([
  ['[x](/statuses/)', '[x](/kit/statuses/)'],
  ['[x]: /statuses/', '[x]: /kit/statuses/'],
  ['<a href="/statuses/">', '<a href="/kit/statuses/">'],
  ['[x](#order)', '[x](#order)'],
  ['[x](https://example.com/)', '[x](https://example.com/)'],
  ['[x](//example.com/)', '[x](//example.com/)'],
  ['```ts\nfetch](/x)\n```', '```ts\nfetch](/x)\n```'],
])('below the base, %j becomes %j', (markdown, expected) => {
  expect(withBase(markdown, '/kit/')).toBe(expected);
});
