import { readFile, writeFile } from 'node:fs/promises';
import type { RatedChange } from './impact/rated-change.ts';
import type { Verdict } from './release-check.ts';

const file = new URL('../CHANGELOG.md', import.meta.url);

const isLowered = ({ kind }: RatedChange) => kind === 'classification-lowered';

/** Each change stands under one heading. */
const headings: readonly { title: string; holds: (change: RatedChange) => boolean }[] = [
  { title: 'Breaks callers', holds: ({ breaks }) => breaks === 'callers' },
  { title: 'Breaks receivers of callbacks', holds: ({ breaks }) => breaks === 'receivers' },
  { title: 'May become visible in logs', holds: isLowered },
  { title: 'New and changed', holds: (change) => change.impact === 'minor' && !isLowered(change) },
  { title: 'Texts and markings', holds: ({ impact }) => impact === 'patch' },
];

/** The changelog's section of a version, in Markdown. */
export function changelogSection({ changes, version, released }: Verdict): string {
  if (changes.length === 0) return `## ${version}\n\nNothing has changed since ${released}.`;
  const parts = headings.flatMap(({ title, holds }) => {
    const lines = changes.filter(holds).map(lineOf);
    return lines.length > 0 ? [`### ${title}`, lines.join('\n')] : [];
  });
  return [`## ${version}`, `Since ${released}.`, ...parts].join('\n\n');
}

/** The section of a version that there is nothing to compare with. */
export function firstSection(version: string): string {
  return `## ${version}\n\nThe first release.`;
}

/** Puts a section into the changelog: in the place of the one of the same version, or before all others. */
export async function writeSection(section: string): Promise<void> {
  const changelog = await readFile(file, 'utf8').catch(() => '# Changelog of the contract');
  const [head = '', ...sections] = changelog.split(/^(?=## )/m).map((part) => part.trim());
  const [title] = section.split('\n');
  const others = sections.filter((other) => other.split('\n')[0] !== title);
  await writeFile(file, `${[head, section, ...others].join('\n\n')}\n`);
}

function lineOf({ kind, detail, direction, places, pointer, because }: RatedChange): string {
  const words = kind.replaceAll('-', ' ');
  const where = places.some(Boolean) ? `${direction} of ${places.join(', ')}` : direction;
  return `- ${words[0]?.toUpperCase()}${words.slice(1)}, ${where}: \`${detail}\` at \`${pointer}\`. ${because}`;
}
