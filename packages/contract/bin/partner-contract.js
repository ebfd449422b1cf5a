#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// An older Node cannot load the code of the command, so the version is checked before.
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [oldest, floor] = engines.node.match(/[\d.]+/g);
const here = process.versions.node;
const [line] = oldest.split('.');
const isFrom = (version) => here.localeCompare(version, 'en', { numeric: true }) >= 0;
if (isFrom(floor) || (isFrom(oldest) && here.startsWith(`${line}.`))) await import('../dist/main.js');
else {
  const needed = `Node ${line} from ${oldest} on, or Node ${floor} or newer`;
  console.error(`partner-contract needs ${needed}, but this is Node ${here}. Install one of them.`);
  process.exitCode = 2;
}
