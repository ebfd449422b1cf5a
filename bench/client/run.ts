import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { measureOverhead } from './measure-overhead.ts';
import { measureSize } from './measure-size.ts';
import { probeLeaks } from './probe-leaks.ts';
import { scoreRetries } from './score-retries.ts';

/** Measurements by the name of their section in the README. */
const sections: Readonly<Record<string, () => Promise<string>>> = {
  machine: async () => describeMachine(),
  size: measureSize,
  overhead: measureOverhead,
  leaks: probeLeaks,
  retries: scoreRetries,
};

const readme = new URL('./README.md', import.meta.url);
const selected = process.argv.slice(2);
let text = await readFile(readme, 'utf8');
for (const [name, measure] of Object.entries(sections)) {
  if (selected.length > 0 && !selected.includes(name)) continue;
  const result = await measure();
  console.log(`\n${name}\n\n${result}`);
  text = withSection(text, name, result);
}
await writeFile(readme, text);

function withSection(page: string, name: string, content: string): string {
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
  if (!section.test(page))
    throw new Error(
      `README.md has no section ${name}. Add the comments <!-- ${name} --> and <!-- /${name} -->.`,
    );
  return page.replace(section, (_, before: string, after: string) => before + content + after);
}

function describeMachine(): string {
  const [cpu] = cpus();
  const processor = cpu?.model.trim() || 'an unnamed processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  const { platform, arch, versions } = process;
  return `Node ${versions.node}, ${platform} ${arch}, ${cpus().length} × ${processor}, ${memory} GiB.`;
}
