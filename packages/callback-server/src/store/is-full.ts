import { DatabaseError } from 'pg';
import { fullCode, indexTooSmall, primaryCodeOf } from './sqlite/sqlite-error.ts';

/** Whether a statement failed because its disk is full. */
export function isFull(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === '53100';
  return (
    primaryCodeOf(error) === fullCode ||
    (error instanceof Error && 'errcode' in error && error.errcode === indexTooSmall)
  );
}
