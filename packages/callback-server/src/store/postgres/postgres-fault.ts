import type { CommitFault } from '../engine/group-commit.ts';
import { sqlstateOf } from './sqlstate-of.ts';

/** SQLSTATE classes of an error in one row, or of an error that the row alone would not have caused. */
const rowClasses = ['22', '23', '40', '42', '54'];

/** Whether a page or a value is damaged, or cannot be read from the disk: the classes XX and 58. */
export function isPostgresDamage(error: unknown): boolean {
  return /^(XX|58)/.test(sqlstateOf(error) ?? '');
}

/**
 * What an error means for the next commits. No error is fatal: a PostgreSQL whose flush fails stops itself, and its restart
 * recovers what is on disk.
 */
export function faultOf(error: unknown): CommitFault {
  return rowClasses.includes(sqlstateOf(error)?.slice(0, 2) ?? '') ? 'row' : 'store';
}
