import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { escapePointer } from '../../openapi/runtime/validator.ts';

const root = new URL('../../openapi/', import.meta.url);

/** A parsed file of the contract. */
export interface ContractFile {
  /** Path relative to `openapi/`. */
  readonly name: string;
  readonly content: Node;
}

/** An object in a file of the contract. */
export interface Node {
  [keyword: string]: unknown;
}

/** Reads every file of the contract that is written by hand. */
export function readContractFiles(): ContractFile[] {
  const pattern = '{openapi,{paths,webhooks,components,examples}/**/*}.yaml';
  return globSync(pattern, { cwd: fileURLToPath(root) })
    .sort()
    .map(readContractFile);
}

export function readContractFile(name: string): ContractFile {
  return { name, content: parse(readFileSync(new URL(name, root), 'utf8')) as Node };
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Yields every object in a value with its JSON pointer, parents first. */
export function* nodesOf(value: unknown, pointer = ''): Generator<{ node: Node; pointer: string }> {
  if (isNode(value)) yield { node: value, pointer };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* nodesOf(child, `${pointer}/${escapePointer(key)}`);
}
