import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageTable } from './coverage-table.ts';
import { readRepositoryFile, root } from './repository.ts';
import { withCoverage } from './with-coverage.ts';

// `npm run coverage -w @partner-ecosystem/house` writes the table into the README.
writeFileSync(join(root, 'README.md'), withCoverage(readRepositoryFile('README.md'), coverageTable().table));
