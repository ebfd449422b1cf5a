import { UnexpectedValueError } from './engine/unexpected-value-error.ts';
import { isPostgresDamage } from './postgres/postgres-fault.ts';
import { isSqliteDamage } from './sqlite/sqlite-error.ts';

/** Whether stored data could not be read because it is damaged. Other rows may be sound. */
export function isDamage(error: unknown): boolean {
  return error instanceof UnexpectedValueError || isSqliteDamage(error) || isPostgresDamage(error);
}
