import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describeMachine } from './machine.ts';
import { tablesOf } from './tables-of.ts';

/** When and where figures were measured. */
export interface Conditions {
  /** Date such as `2026-11-26`. */
  readonly measuredAt: string;
  readonly machine: string;
}

const bench = new URL('../', import.meta.url);
/** The pages that show results. README.md shows all results. */
const pages = ['README.md', 'client/README.md', 'callback-server/README.md', 'mocks/README.md'];

/**
 * Prints a result, and stores it: as JSON in `results/`, and in the pages between the comments `<!-- name -->` and
 * `<!-- /name -->`. With `DRY=1` in the environment, the function only prints.
 *
 * @param content - Markdown with one or more tables, and notes.
 * @throws Error if README.md has no place for the result.
 */
export async function recordResult(
  name: string,
  content: string,
  conditions: Conditions = conditionsNow(),
): Promise<void> {
  const { measuredAt, machine } = conditions;
  console.log(`\n${name}: ${measuredAt}, ${machine}\n\n${content}`);
  if (process.env['DRY'] === '1') return;
  for (const page of pages) await fillSection(page, name, `${measuredAt}: ${machine}.\n\n${content}`);
  await mkdir(new URL('results/', bench), { recursive: true });
  const result = { name, measuredAt, machine, tables: tablesOf(content) };
  await writeFile(new URL(`results/${name}.json`, bench), `${JSON.stringify(result, null, 2)}\n`);
}

export function conditionsNow(): Conditions {
  return { measuredAt: new Date().toISOString().slice(0, 10), machine: describeMachine() };
}

async function fillSection(page: string, name: string, content: string): Promise<void> {
  const file = new URL(page, bench);
  const text = await readFile(file, 'utf8');
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
  if (section.test(text))
    await writeFile(
      file,
      text.replace(section, (_, begin: string, end: string) => begin + content + end),
    );
  else if (page === 'README.md')
    throw new Error(
      `${page} has no section ${name}. Add the comments <!-- ${name} --> and <!-- /${name} -->.`,
    );
}
