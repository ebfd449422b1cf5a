import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = new URL('../../openapi/', import.meta.url);

/** A file of the contract, as data. */
export interface ContractFile {
  /** Path below the contract's folder. */
  readonly name: string;
  readonly content: Node;
}

/** What stands in a file; each fault knows the members that it looks for. */
export interface Node {
  [member: string]: unknown;
}

/** Every file that an author of the contract writes. */
export function readContractFiles(): ContractFile[] {
  const names = ['paths', 'webhooks', 'components', 'examples'].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, root)), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  );
  return ['openapi.yaml', ...names]
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, content: parse(readFileSync(new URL(name, root), 'utf8')) as Node }));
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object within a file, with the JSON pointer to it, the file itself first. */
export function* nodesOf(value: unknown, pointer = ''): Generator<{ node: Node; pointer: string }> {
  if (isNode(value)) yield { node: value, pointer };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    yield* nodesOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
