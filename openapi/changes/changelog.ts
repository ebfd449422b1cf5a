import { readFile, writeFile } from 'node:fs/promises';
import type { RatedChange } from './impact/change.ts';
import type { ReleaseCheck } from './release-check.ts';

const file = new URL('../CONTRACT-CHANGELOG.md', import.meta.url);

const isLowered = ({ kind }: RatedChange) => kind === 'classification-lowered';

/** Every change belongs under exactly one heading. */
const headings: readonly { title: string; includes: (change: RatedChange) => boolean }[] = [
  { title: 'Breaks callers', includes: ({ breaks }) => breaks === 'callers' },
  { title: 'Breaks receivers of callbacks', includes: ({ breaks }) => breaks === 'receivers' },
  { title: 'May become visible in logs', includes: isLowered },
  { title: 'New and changed', includes: (change) => change.impact === 'minor' && !isLowered(change) },
  { title: 'Texts and markings', includes: ({ impact }) => impact === 'patch' },
];

/** The changelog section of a version, in Markdown. */
export function changelogSection({ changes, version, released }: ReleaseCheck): string {
  if (changes.length === 0) return `## ${version}\n\nNo changes since ${released}.`;
  const parts = headings.flatMap(({ title, includes }) => {
    const lines = changes.filter(includes).map(lineOf);
    return lines.length > 0 ? [`### ${title}`, lines.join('\n')] : [];
  });
  return [`## ${version}`, `Since ${released}.`, ...parts].join('\n\n');
}

/** Adds a section at the top of the changelog, or replaces the section of the same version. */
export async function writeSection(section: string): Promise<void> {
  const changelog = await readFile(file, 'utf8').catch(() => '# Changelog of the contract');
  const [head = '', ...sections] = changelog.split(/^(?=## )/m).map((part) => part.trim());
  const [title] = section.split('\n');
  const others = sections.filter((other) => other.split('\n')[0] !== title);
  await writeFile(file, `${[head, section, ...others].join('\n\n')}\n`);
}

function lineOf({ kind, detail, direction, targets, pointer, reason }: RatedChange): string {
  const words = kind.replaceAll('-', ' ');
  const where = targets.some(Boolean) ? `${direction} of ${targets.join(', ')}` : direction;
  return `- ${words[0]?.toUpperCase()}${words.slice(1)}, ${where}: \`${detail}\` at \`${pointer}\`. ${reason}`;
}
