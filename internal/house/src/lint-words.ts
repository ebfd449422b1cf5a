import { basename } from 'node:path';
import { avoidedIn, parseGlossary } from './avoided-words.ts';
import { declaredNames } from './declared-names.ts';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

// `npm run lint`: refuses the words that the glossary of CONTRIBUTING.md avoids.
const avoided = parseGlossary(readRepositoryFile('CONTRIBUTING.md'));
const sources = repositoryFiles('*.ts', '*.mts', '*.tsx');
const found = sources.flatMap((path) =>
  [
    { name: basename(path).replace(/\..*/, ''), line: 1 },
    ...declaredNames(path, readRepositoryFile(path)),
  ].flatMap(({ name, line }) =>
    avoidedIn(name, avoided).map(
      ({ words, term }) =>
        `${path}:${line} "${name}" contains "${words.join(' ')}". Use the glossary's word: ${term}.`,
    ),
  ),
);

for (const finding of found) console.error(finding);
console.log(`${sources.length} files, ${avoided.length} avoided words, ${found.length} found.`);
if (found.length > 0) process.exitCode = 1;
