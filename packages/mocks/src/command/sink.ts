import type { IncomingMessage } from 'node:http';
import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import { listenOn } from '../http/listen-on.ts';
import { createServer } from '../http/node-http.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { parseOptions } from './parse-options.ts';
import { parsePort } from './server-options.ts';

const maxBytes = 64 * 1024 * 1024;

/** Starts a receiver that prints each callback as one line of JSON. Values are masked without `--reveal`. */
export async function runSink(args: readonly string[]) {
  const { values } = parseOptions({
    args: [...args],
    options: { port: { type: 'string' }, status: { type: 'string' }, reveal: { type: 'boolean' } },
  });
  const { reveal = false, status = '200', port = '4012' } = values;
  if (!/^[2-5]\d\d$/.test(status)) throw new Error('--status must be a status from 200 to 599.');
  const server = createServer(async (incoming, outgoing) => {
    const text = await textOf(incoming).catch(() => undefined);
    console.log(JSON.stringify({ method: incoming.method, ...bodyOf(text, reveal) }));
    outgoing.writeHead(Number(status)).end();
  });
  return listenOn(server, '127.0.0.1', parsePort('--port', port), '--port');
}

async function textOf(incoming: IncomingMessage): Promise<string | undefined> {
  const bytes = await readBounded(ReadableStream.from<Uint8Array>(incoming), maxBytes);
  return bytes && new TextDecoder().decode(bytes);
}

function bodyOf(text: string | undefined, reveal: boolean) {
  if (text === undefined) return { problem: 'The body cannot be read.' };
  try {
    const body: unknown = JSON.parse(text);
    return { body: reveal ? body : redact(body, webhooks.accept) };
  } catch {
    return { problem: `The body is not JSON: ${text.length} characters.` };
  }
}
