import { readdir } from 'node:fs/promises';
import { parse } from 'yaml';
import type { ReadFile } from '../markdown/read-region.ts';

const changesets = new URL('../../../../.changeset/', import.meta.url);

/** What has changed since the last release, from the changesets. */
export async function unreleasedChanges(readFile: ReadFile): Promise<string> {
  const names = (await readdir(changesets))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort();
  const sections = await Promise.all(
    names.map(async (name) => {
      const [, packages = '', text = ''] =
        /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(await readFile(`.changeset/${name}`)) ?? [];
      const bumps = Object.entries(parse(packages) as Record<string, string>).map(
        ([each, bump]) => `\`${each}\` (${bump})`,
      );
      const title = name.replace(/\.md$/, '').replaceAll('-', ' ');
      return `### ${title[0]?.toUpperCase()}${title.slice(1)}\n\n${bumps.join(', ')}\n\n${lowerHeadings(text.trim(), 3)}`;
    }),
  );
  return sections.join('\n\n') || 'Nothing.';
}

/** The changelog of each published package, which a release writes from the changesets. */
export async function releasedChanges(readFile: ReadFile): Promise<string> {
  const folders = ['packages/contract', 'packages/client', 'packages/mocks', 'packages/callback-server', 'openapi'];
  const changelogs = await Promise.all(folders.map((folder) => readFile(`${folder}/CHANGELOG.md`)));
  return changelogs.map((changelog) => lowerHeadings(changelog.trim(), 2)).join('\n\n');
}

/** The changelog of the contract, below its own heading. */
export async function contractChanges(readFile: ReadFile): Promise<string> {
  const [, ...text] = (await readFile('openapi/CONTRACT-CHANGELOG.md')).split('\n');
  return lowerHeadings(text.join('\n').trim(), 1);
}

function lowerHeadings(markdown: string, levels: number): string {
  return markdown.replaceAll(
    /^(#+) /gm,
    (_, marks: string) => `${'#'.repeat(Math.min(6, marks.length + levels))} `,
  );
}
