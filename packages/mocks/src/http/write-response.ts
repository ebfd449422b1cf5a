import type { ServerResponse } from 'node:http';
import type { SandboxResponse } from '../transport/sandbox-response.ts';

const dripIntervalMs = 100;

export function writeResponse(outgoing: ServerResponse, response: SandboxResponse): void {
  if (response.delayMs === 0) return void write(outgoing, response);
  const timer = setTimeout(() => write(outgoing, response), response.delayMs);
  outgoing.once('close', () => clearTimeout(timer));
}

function write(outgoing: ServerResponse, response: SandboxResponse): void {
  const { body, mode } = response;
  switch (mode) {
    case 'whole':
      return void head(outgoing, response).end(body);
    case 'never':
      return;
    case 'lost':
      return void outgoing.socket?.destroy();
    case 'reset':
      return void outgoing.socket?.resetAndDestroy();
    case 'cut': {
      const bytes = Buffer.from(body);
      const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
      return void head(outgoing, response).write(half, () => outgoing.socket?.destroy());
    }
    case 'drip':
      return void drip(head(outgoing, response), Buffer.from(body), response.bytesPerSecond);
    case 'body-of-204':
      return void writeBodyOf204(outgoing, response);
  }
}

function head(outgoing: ServerResponse, { status, headers, body }: SandboxResponse): ServerResponse {
  // The length in a 304 would be that of the body that the caller already has.
  if (status === 304) return outgoing.writeHead(status, headers);
  return outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
}

function drip(outgoing: ServerResponse, bytes: Buffer, bytesPerSecond: number): void {
  const size = Math.max(1, Math.floor((bytesPerSecond * dripIntervalMs) / 1000));
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write(bytes.subarray(sent, sent + size));
    sent += size;
    if (sent < bytes.length) return;
    clearInterval(timer);
    outgoing.end();
  }, dripIntervalMs);
  outgoing.once('close', () => clearInterval(timer));
}

/** Writes to the socket directly, because Node omits the body of a 204. */
function writeBodyOf204({ socket }: ServerResponse, { headers, body }: SandboxResponse): void {
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  const text = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket?.end(`HTTP/1.1 204 No Content\r\n${text}\r\n${Buffer.from(body)}`);
}
