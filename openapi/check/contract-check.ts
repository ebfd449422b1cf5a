import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkHar } from '@partner-ecosystem/openapi/har';

const { positionals: files } = parseArgs({ allowPositionals: true });
if (files.length === 0) {
  console.error('Name at least one HAR file: npm run contract:check -- recorded.har');
  process.exitCode = 2;
}
for (const file of files) {
  const { known, unknown, drifts } = checkHar(await readJson(file));
  for (const drift of drifts) console.log(JSON.stringify(drift));
  console.error(
    `${file}: ${known} exchanges of the contract, ${unknown} others, ${drifts.length} kinds of drift.`,
  );
  if (drifts.length > 0) process.exitCode = 1;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`${file} is not JSON, so it is no HAR file.`);
  }
}
