import { escapePointer } from '../../runtime/validator.ts';
import type { NamedOperation } from '../contract/operations.ts';
import type { Path } from './changed-parts.ts';

/** A part of a corrected contract that the kit cannot follow. */
export interface Problem {
  readonly path: Path;
  /** Why, and what to do. */
  readonly reason: string;
}

/** Where a part is, as a JSON pointer, and why the kit cannot follow it. */
export function describeProblem({ path, reason }: Problem): string {
  return `${pointerOf(path)}: ${reason}`;
}

export function pointerOf(path: Path): string {
  return path.map((name) => `/${escapePointer(name)}`).join('');
}

/** Where a part of an operation is. */
export function pathOf({ path, method }: Pick<NamedOperation, 'path' | 'method'>, ...below: string[]): Path {
  return ['paths', path, method, ...below];
}
