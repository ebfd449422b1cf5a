import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Mutant } from './create-mutants.ts';

interface Mistake {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/**
 * Mistakes of authors who had not read the checks.
 *
 * @throws Error if the contract no longer has the text that a mistake changes.
 */
export function outsideMistakes(): Mutant[] {
  const text = readFileSync(new URL('outside-mistakes.yaml', import.meta.url), 'utf8');
  return (parse(text) as Mistake[]).map(({ file, from, to, why }) => {
    const original = readFileSync(new URL(`../../openapi/${file}`, import.meta.url), 'utf8');
    const parts = original.split(from);
    if (parts.length !== 2)
      throw new Error(`openapi/${file} must have this text once: ${from}. Change outside-mistakes.yaml.`);
    const [folder = file] = file.split('/');
    return { operator: folder, file, where: why, content: parts.join(to) };
  });
}
