import { STATUS_CODES } from 'node:http';

/** Name of an HTTP status, such as `Bad Request`. */
export function statusName(status: string): string {
  return STATUS_CODES[Number(status)] ?? '';
}

/** Anchor of a status on the page of errors. */
export function anchorOf(status: string): string {
  return `${status}-${statusName(status).toLowerCase().replaceAll(' ', '-')}`;
}
