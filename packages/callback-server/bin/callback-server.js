#!/usr/bin/env node
import { createRequire } from 'node:module';

// An older Node cannot load the code of the command, so this script checks the version first.
const { engines } = createRequire(import.meta.url)('../package.json');
const [oldest, floor] = engines.node.match(/[\d.]+/g);
const here = process.versions.node;
const [line] = oldest.split('.');
// `localeCompare` would load the tables of all languages, which takes longer than the rest of this script.
const rankOf = (version) => {
  const [major, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return (major * 1000 + minor) * 1000 + patch;
};
const isFrom = (version) => rankOf(here) >= rankOf(version);
if (isFrom(floor) || (isFrom(oldest) && here.startsWith(`${line}.`))) await import('../dist/main.js');
else {
  const needed = `Node ${line} from ${oldest} on, or Node ${floor} or newer`;
  console.error(`callback-server needs ${needed}, but this is Node ${here}. Install one of them.`);
  process.exitCode = 2;
}
