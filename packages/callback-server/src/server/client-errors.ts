import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Refusal } from '../receiver/refusal.ts';

/** A request that the server declines before the receiver sees it. */
export interface RefusedRequest {
  readonly reason: Refusal;
  readonly status: number;
}

export const malformed: RefusedRequest = { reason: 'malformed', status: 400 };

/** How the server responds to an error of Node's HTTP parser; `undefined` if the sender has hung up. */
export function refusalOf(error: NodeJS.ErrnoException): RefusedRequest | undefined {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return { reason: 'timeout', status: 408 };
  if (error.code === 'HPE_HEADER_OVERFLOW') return { reason: 'headers', status: 431 };
  return error.code?.startsWith('HPE_') ? malformed : undefined;
}

/** Sends a response without a body on a connection whose request could not be read. */
export function respondOn(socket: Socket, status: number): void {
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
