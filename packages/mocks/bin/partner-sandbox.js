#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// An older Node cannot load the code of the command, so the version is checked before.
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const floor = engines.node.replace('>=', '');
const here = process.versions.node;
if (here.localeCompare(floor, 'en', { numeric: true }) < 0) {
  console.error(
    `partner-sandbox needs Node ${floor} or newer, but this is Node ${here}. Install a newer Node.`,
  );
  process.exitCode = 2;
} else await import('../dist/main.js');
