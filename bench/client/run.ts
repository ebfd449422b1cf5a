import { readFile, writeFile } from 'node:fs/promises';
import { machineFacts } from './machine-facts.ts';
import { measureOverhead } from './measure-overhead.ts';
import { measureSize } from './measure-size.ts';
import { probeLeaks } from './probe-leaks.ts';
import { scoreRetries } from './score-retries.ts';

/** What is measured, by the name of its place in the README. */
const sections: Readonly<Record<string, () => Promise<string>>> = {
  machine: async () => machineFacts(),
  size: measureSize,
  overhead: measureOverhead,
  leaks: probeLeaks,
  retries: scoreRetries,
};

const readme = new URL('./README.md', import.meta.url);
const asked = process.argv.slice(2);
let text = await readFile(readme, 'utf8');
for (const [name, measure] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const figures = await measure();
  console.log(`\n${name}\n\n${figures}`);
  text = withSection(text, name, figures);
}
await writeFile(readme, text);

function withSection(page: string, name: string, figures: string): string {
  const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
  if (!place.test(page)) throw new Error(`The README has no place for ${name}.`);
  return page.replace(place, (_, before: string, after: string) => before + figures + after);
}
