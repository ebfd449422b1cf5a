import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { textDigests } from '../check/text-digests.ts';

test('a person has compared each text, tag, example and reference with its sources since its last change', () => {
  const recorded = parse(readFileSync(new URL('../compared.yaml', import.meta.url), 'utf8'));
  const digests = textDigests();
  const changed = Object.keys({ ...recorded, ...digests }).filter((file) => recorded[file] !== digests[file]);
  const advice = `Compare these texts with their sources. Then run npm run contract:compared -- ${changed.join(' ')}`;
  expect(changed, advice).toEqual([]);
});
