import { STATUS_CODES } from 'node:http';

/** Name of an HTTP status, such as `Bad Request`. */
export function statusName(status: string): string {
  return STATUS_CODES[Number(status)] ?? '';
}

/** Path of the page of a status. */
export function statusPath(status: string): string {
  return `/errors/${status}/`;
}
