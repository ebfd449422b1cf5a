import { readFileSync, writeFileSync } from 'node:fs';

// Jest has its functions as globals: the samples mark the lines that Jest does not need.
for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.filter((line) => !line.endsWith('// Jest: remove this line')).join('\n'));
}
