import { basename } from 'node:path';
import { parse } from 'yaml';
import { type ReadFile, readRegion } from './read-region.ts';

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

/** The examples of the contract are files, such as `createMerchant.created` and `error.limitExceeded`. */
async function formatExample(reference: string, readFile: ReadFile): Promise<string> {
  const { value } = parse(await readFile(`openapi/examples/${reference}.yaml`)) as { value: unknown };
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
