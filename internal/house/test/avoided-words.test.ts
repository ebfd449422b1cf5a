import { expect, test } from 'vitest';
import { avoidedIn, parseGlossary } from '../src/avoided-words.ts';
import { declaredNames } from '../src/declared-names.ts';

const avoided = parseGlossary(`
**Response** — what the server sends back.
_Avoid_: answer, reply

**Max** — the prefix of an upper limit.
_Avoid_: at most
`);

test.each([
  ['readAnswer', ['answer']],
  ['read-answer', ['answer']],
  ['HTTPAnswer', ['answer']],
  ['REPLY_LIMIT', ['reply']],
  ['atMostBytes', ['at most']],
  ['mostBytes', []],
  ['answered', []],
])('%s contains the avoided words %j', (name, words) => {
  expect(avoidedIn(name, avoided).map((found) => found.words.join(' '))).toEqual(words);
});

test('avoidedIn names the term to use instead', () => {
  expect(avoidedIn('answer', avoided).map(({ term }) => term)).toEqual(['Response']);
});

test('declaredNames returns the names that a source declares, not the names that the source only uses', () => {
  const source = `
    import { answer } from 'elsewhere';
    interface Shape { readonly property: string; method(): void }
    export function run({ bound, renamed: own }: Shape, ...rest: string[]) {
      const local = { key: answer() };
      class Private { #field = 1 }
    }`;
  expect(declaredNames('source.ts', source).map(({ name }) => name)).toEqual([
    ...['answer', 'Shape', 'property', 'method', 'run', 'bound', 'own', 'rest', 'local', 'Private', '#field'],
  ]);
});
