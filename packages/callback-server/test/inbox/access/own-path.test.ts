import { expect, test } from 'vitest';
import { ownPath } from '../../../src/inbox/access/own-path.ts';

test.each([
  ['/inbox'],
  ['/inbox/callbacks?event=accept&verdict=drift'],
  ['/inbox/callbacks/0123456789abcdef0123456789abcdef'],
])('%s is a path of the inbox', (next) => {
  expect(ownPath(next)).toBe(next);
});

test.each([
  [undefined],
  [''],
  ['https://evil.example/inbox'],
  ['//evil.example/inbox'],
  ['/\\evil.example/inbox'],
  ['\\\\evil.example'],
  ['/\t/evil.example'],
  ['\u0000//evil.example'],
  ['javascript:alert(1)//inbox'],
  ['http:evil.example'],
  ['http:///inbox@evil.example'],
  ['/inbox/..//evil.example'],
  ['/inbox/../callbacks'],
  ['/inbox/%2e%2e/callbacks'],
  ['/inboxes'],
  ['/inbox@evil.example'],
  ['/callbacks'],
  ['/inbox/sign-in'],
  ['/inbox/sign-out'],
  [`/inbox?${'x'.repeat(2000)}`],
])('%j leads to the first page of the inbox', (next) => {
  expect(ownPath(next)).toBe('/inbox');
});

test('line breaks never reach a header', () => {
  expect(ownPath('/inbox/callbacks\r\nSet-Cookie: a=b')).not.toMatch(/[\r\n]/);
});
