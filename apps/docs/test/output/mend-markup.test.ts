import { expect, test } from 'vitest';
import { mendMarkup } from '../../src/output/mend-markup.ts';

test.each([
  ['merchantData.status', 'merchantData.<wbr>status'],
  ['CALLBACK_TOKENS', 'CALLBACK_<wbr>TOKENS'],
  ['merchantSignup.*', 'merchantSignup.*'],
  ['127.0.0.1', '127.0.0.1'],
])('in a table, the name %s can break between its parts', (name, expected) => {
  expect(mendMarkup(`<td><code dir="auto">${name}</code> a.b</td>`)).toBe(
    `<td><code dir="auto">${expected}</code> a.b</td>`,
  );
});

test('outside of tables, a name stays as it is', () => {
  expect(mendMarkup('<p><code>merchantData.status</code></p>')).toBe(
    '<p><code>merchantData.status</code></p>',
  );
});

test('a table and a block of code can be reached by keyboard, because they may scroll', () => {
  expect(mendMarkup('<table></table><pre data-language="ts">')).toBe(
    '<table tabindex="0"></table><pre tabindex="0" data-language="ts">',
  );
});

test('a page with a table is shown when its footer is there, so that no column moves while rows arrive', () => {
  const page = (content: string) => `<head></head><body>${content}<footer></footer></body>`;
  expect(mendMarkup(page('<table></table>'))).toBe(
    '<head><link rel="expect" href="#page-footer" blocking="render"></head><body><table tabindex="0"></table><footer id="page-footer"></footer></body>',
  );
  expect(mendMarkup(page('<p></p>'))).toBe(page('<p></p>'));
});
