import { readFile, writeFile } from 'node:fs/promises';

const readme = new URL('./README.md', import.meta.url);

/** Prints lines and writes them into the README, between the two comments with this name. */
export async function writeTable(name: string, lines: readonly string[]): Promise<void> {
  const text = lines.join('\n');
  console.log(text);
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const before = await readFile(readme, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`README.md lacks the comments ${begin} and ${end}. Add both comments.`);
  await writeFile(readme, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`);
}
