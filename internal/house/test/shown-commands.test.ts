import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles, root } from '../src/repository.ts';

/** Changelogs are left out, because they show the commands of earlier versions. */
const markdown = repositoryFiles('*.md', ':!*CHANGELOG.md');

/** Outside a project, npx asks the public registry for a package with the name of the command. Somebody else may own it. */
test.each([...markdown, ...repositoryFiles('*.yaml', '*.yml', 'examples/*.sh')])(
  '%s runs each command by the name of its package',
  (path) => {
    const named = readRepositoryFile(path).matchAll(/\bnpx (?:-\S+ )*([@\w][\w./@-]*)/g);
    const foreign = [...named].flatMap(([, name = '']) =>
      name.startsWith('@') || existsSync(join(root, 'node_modules', name)) ? [] : name,
    );
    expect(foreign).toEqual([]);
  },
);

const blocks = markdown.flatMap((path) =>
  [...readRepositoryFile(path).matchAll(/^ *```sh\b.*\n([\s\S]*?)^ *```$/gm)].flatMap(([, script = '']) =>
    script === '' ? [] : { path, script, firstLine: script.trim().split('\n')[0] },
  ),
);

test.each(blocks)('a POSIX shell understands the block of $path: $firstLine', ({ script }) => {
  execFileSync('sh', ['-n'], { input: script, stdio: 'pipe' });
  const unquoted = script.replaceAll(/'[^']*'|"[^"]*"/g, '').replaceAll(/#.*$/gm, '');
  // A shell reads a placeholder such as <name> as a redirection, and only some shells know lists in braces.
  expect(unquoted).not.toMatch(/<[a-z][\w -]*>/);
  expect(unquoted).not.toMatch(/(?<!\$)\{[^{}\s]*,[^{}\s]*\}/);
});
