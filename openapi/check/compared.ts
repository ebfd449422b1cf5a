import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { textDigests } from './text-digests.ts';

// `npm run contract:compared -- paths/base64.yaml` records that a person has compared the texts of a file with their
// sources.
const record = new URL('../compared.yaml', import.meta.url);
const files = process.argv.slice(2);

const text = readFileSync(record, 'utf8');
const digests = textDigests();
const unknown = files.filter((file) => !(file in digests));
if (files.length === 0 || unknown.length > 0) {
  console.error(
    `Name the files whose texts you compared with their sources, such as paths/base64.yaml. Unknown files: ${unknown.join(', ') || 'none'}.`,
  );
  process.exitCode = 2;
} else {
  const before = parse(text) as Record<string, string>;
  const after = Object.entries(digests).flatMap(([file, digest]) => {
    const recorded = files.includes(file) ? digest : before[file];
    return recorded === undefined ? [] : [[file, recorded]];
  });
  const [comment = ''] = text.split(/^(?!#)/m);
  writeFileSync(record, `${comment}${stringify(Object.fromEntries(after))}`);
}
