import { basename } from 'node:path';
import { parse } from 'yaml';

/** Reads a file by its path from the root of the repository. Rejects if the file does not exist. */
export type ReadFile = (path: string) => Promise<string>;

const emptyFence = /^( *)```(\w+) (region|example)="([^"\n]+)"(.*)\n+\1```$/gm;

/**
 * Fills the empty code blocks of a page. ` ```ts region="path#name"` becomes a region of a file, and
 * ` ```json example="createMerchant.created"` an example of the contract. The name of the file becomes the block's title.
 *
 * @throws Error naming the page and the reference, if a file, region or example does not exist.
 */
export async function fillCode(slug: string, markdown: string, readFile: ReadFile): Promise<string> {
  let filled = '';
  let end = 0;
  for (const match of markdown.matchAll(emptyFence)) {
    const [block, indent = '', language = '', kind, reference = '', settings = ''] = match;
    const read = kind === 'region' ? readRegion : formatExample;
    const code = await read(reference, readFile).catch((error: Error) => {
      throw new Error(`The page ${slug} shows ${kind} "${reference}": ${error.message}`);
    });
    const title = kind === 'region' ? ` title="${basename(reference.replace(/#.*/, ''))}"` : '';
    const lines = [`\`\`\`${language}${title}${settings}`, ...code.split('\n'), '```'];
    filled += markdown.slice(end, match.index) + lines.map((line) => indent + line).join('\n');
    end = match.index + block.length;
  }
  return filled + markdown.slice(end);
}

/** Reads `path#name`, or a whole file by its path. Lines that mark regions are left out. */
async function readRegion(reference: string, readFile: ReadFile): Promise<string> {
  const [path = '', name] = reference.split('#');
  const file = await readFile(path);
  return trimIndent(name === undefined ? file : regionOf(file, name));
}

function regionOf(file: string, name: string): string {
  const lines = file.split('\n');
  const start = lines.findIndex((line) => marker.exec(line)?.[1] === name);
  if (start < 0) throw new Error(`the file has no region "${name}".`);
  let depth = 1;
  for (let end = start + 1; end < lines.length; end += 1) {
    const found = marker.exec(lines[end] ?? '');
    if (found) depth += found[1] === undefined ? -1 : 1;
    if (depth === 0) return lines.slice(start + 1, end).join('\n');
  }
  throw new Error(`the region "${name}" has no end. Add a line "#endregion ${name}" to the file.`);
}

/** A line that begins a region, with its name, or ends the innermost region. */
const marker = /^\s*(?:\/\/|#|<!--)\s*#(?:region (\S+)|endregion\b)/;

function trimIndent(code: string): string {
  const lines = code.split('\n').filter((line) => !marker.test(line));
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line) => line.slice(indent).trimEnd())
    .join('\n')
    .replaceAll(/^\n+|\n+$/g, '');
}

/** The examples of the contract are files, such as `createMerchant.created` and `error.limitExceeded`. */
async function formatExample(reference: string, readFile: ReadFile): Promise<string> {
  const { value } = parse(await readFile(`openapi/examples/${reference}.yaml`)) as { value: unknown };
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
