import { sqlstateOf } from './postgres/sqlstate-of.ts';
import { fullCode, indexTooSmall, primaryCodeOf } from './sqlite/sqlite-error.ts';

/** Whether a statement failed because its disk is full. */
export function isFull(error: unknown): boolean {
  return (
    sqlstateOf(error) === '53100' ||
    primaryCodeOf(error) === fullCode ||
    (error instanceof Error && 'errcode' in error && error.errcode === indexTooSmall)
  );
}
