import { DatabaseError } from 'pg';
import type { CommitFault } from '../engine/group-commit.ts';

/** Classes of SQLSTATE in which a row is at fault, or alone would not have failed. */
const rowClasses = ['22', '23', '40', '42', '54'];

/**
 * What an error says of the commits that follow it. None is fatal: a PostgreSQL whose flush fails ends by itself, and
 * what its restart finds is what counts.
 */
export function faultOf(error: unknown): CommitFault {
  const isRows = error instanceof DatabaseError && rowClasses.includes(error.code?.slice(0, 2) ?? '');
  return isRows ? 'row' : 'store';
}

/** Whether two replicas claimed callbacks of one merchant at a time. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}
