import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { ownRules } from '../../../openapi/generate/corrections/own-rules.ts';

// `npm run build`: writes the lint configuration of a corrected contract, from that of our contract.
const source = new URL('../../../openapi/redocly.yaml', import.meta.url);

const { apis: _, rules, ...config } = parse(await readFile(source, 'utf8'));
for (const rule of ownRules) delete rules[rule];
const text = stringify({ ...config, plugins: ['./rules.js'], rules });
await writeFile(new URL('../dist/redocly.yaml', import.meta.url), text);
