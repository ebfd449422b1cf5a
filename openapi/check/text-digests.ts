import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const pattern =
  '{README.md,intro.md,CONTRADICTIONS.md,openapi.yaml,facts.yaml,{paths,webhooks,components,examples,workflows}/**/*.yaml,overlays/**/*.md}';

/**
 * What only a person can compare with the sources: texts, their citations, tags, examples, and the schema of a property.
 * Another schema can have the same type, but a different data classification.
 */
const compared = new Set([
  ...['title', 'summary', 'description', 'x-evidence-basis', 'x-evidence-source'],
  ...['tags', 'example', 'examples', '$ref'],
]);

/**
 * The digest of each file of the contract, by path. A digest covers texts, tags, examples and references. The digest of
 * `facts.yaml`, an example or a workflow covers everything in the file. Line breaks do not count.
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
    // A property can have the name of a keyword. The value is then an object.
    if (compared.has(name) && [child].flat().every((item) => typeof item !== 'object'))
      yield `${at}/${name} ${child}`;
    else yield* textsIn(child, `${at}/${name}`);
  }
}

function digestOf(texts: unknown): string {
  const text = JSON.stringify(texts).replaceAll(/(\\n|\s)+/g, ' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
