import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const pattern =
  '{README.md,intro.md,CONTRADICTIONS.md,openapi.yaml,facts.yaml,{paths,webhooks,components,examples,workflows}/**/*.yaml,overlays/**/*.md}';

/**
 * What only a person can compare with the sources: texts, the citations that belong to them, tags, examples, and which
 * schema a property has. The neighbour of a schema can have the same type, and another class of data.
 */
const compared = new Set([
  ...['title', 'summary', 'description', 'x-evidence-basis', 'x-evidence-source'],
  ...['tags', 'example', 'examples', '$ref'],
]);

/**
 * A digest of the texts, tags, examples and references of each file of the contract, and of all facts and workflows, by its
 * path. Line breaks do not count.
 */
export function textDigests(): Record<string, string> {
  const files = globSync(pattern, { cwd: fileURLToPath(root) }).sort();
  return Object.fromEntries(
    files.flatMap((file) => {
      const texts = textsOf(file, readFileSync(new URL(file, root), 'utf8'));
      return texts.length > 0 ? [[file, digestOf(texts)]] : [];
    }),
  );
}

function textsOf(file: string, content: string): readonly unknown[] {
  if (file.endsWith('.md')) return [content];
  const isComparedWhole = file === 'facts.yaml' || /^(examples|workflows)\//.test(file);
  return isComparedWhole ? [parse(content)] : [...textsIn(parse(content), '')];
}

function* textsIn(value: unknown, at: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    // A property can have the name of a keyword, and then it is an object.
    if (compared.has(name) && [child].flat().every((item) => typeof item !== 'object'))
      yield `${at}/${name} ${child}`;
    else yield* textsIn(child, `${at}/${name}`);
  }
}

function digestOf(texts: unknown): string {
  const text = JSON.stringify(texts).replaceAll(/(\\n|\s)+/g, ' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
