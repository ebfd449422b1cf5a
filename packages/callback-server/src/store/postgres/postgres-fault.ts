import { DatabaseError } from 'pg';
import type { CommitFault } from '../engine/group-commit.ts';

/** SQLSTATE classes of an error in one row, or of an error that the row alone would not have caused. */
const rowClasses = ['22', '23', '40', '42', '54'];

/** Whether a page or a value is damaged, or cannot be read from the disk: the classes XX and 58. */
export function isPostgresDamage(error: unknown): boolean {
  return error instanceof DatabaseError && /^(XX|58)/.test(error.code ?? '');
}

/**
 * What an error means for the next commits. None is fatal: a PostgreSQL whose flush fails stops itself, and its restart
 * recovers what is on disk.
 */
export function faultOf(error: unknown): CommitFault {
  const isRow = error instanceof DatabaseError && rowClasses.includes(error.code?.slice(0, 2) ?? '');
  return isRow ? 'row' : 'store';
}
