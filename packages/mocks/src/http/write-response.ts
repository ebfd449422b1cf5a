import type { ServerResponse } from 'node:http';
import type { Reply } from '../transport/sandbox-response.ts';

const millisecondsOfDrop = 100;

/** Sends a reply in the manner that it asks for. */
export function writeReply(outgoing: ServerResponse, reply: Reply): void {
  if (reply.delay === 0) {
    write(outgoing, reply);
    return;
  }
  const timer = setTimeout(() => write(outgoing, reply), reply.delay);
  outgoing.once('close', () => clearTimeout(timer));
}

function write(outgoing: ServerResponse, reply: Reply): void {
  const { body, manner } = reply;
  switch (manner) {
    case 'whole':
      head(outgoing, reply).end(body);
      return;
    case 'never':
      return;
    case 'lost':
      outgoing.socket?.destroy();
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'cut':
      head(outgoing, reply).write(bytesOf(body).subarray(0, Math.ceil(bytesOf(body).length / 2)), () =>
        outgoing.socket?.destroy(),
      );
      return;
    case 'drip':
      drip(head(outgoing, reply), bytesOf(body), reply.bytesPerSecond);
      return;
    case 'body-of-204':
      writeBodyOf204(outgoing, reply);
      return;
  }
}

function head(outgoing: ServerResponse, { status, headers, body }: Reply): ServerResponse {
  return outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
}

function drip(outgoing: ServerResponse, bytes: Buffer, bytesPerSecond: number): void {
  const size = Math.max(1, Math.floor((bytesPerSecond * millisecondsOfDrop) / 1000));
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write(bytes.subarray(sent, sent + size));
    sent += size;
    if (sent < bytes.length) return;
    clearInterval(timer);
    outgoing.end();
  }, millisecondsOfDrop);
  outgoing.once('close', () => clearInterval(timer));
}

/** Written by hand, because Node rightly keeps such a body back. */
function writeBodyOf204({ socket }: ServerResponse, { headers, body }: Reply): void {
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  const text = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket?.end(`HTTP/1.1 204 No Content\r\n${text}\r\n${bytesOf(body)}`);
}

function bytesOf(body: string | Uint8Array): Buffer {
  return Buffer.from(body);
}
