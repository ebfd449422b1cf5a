import { IncomingMessage } from 'node:http';
import { joinChunks, type ReadBody, readBody } from './read-body.ts';
import type { ReceiverOptions } from './receiver-options.ts';

export const nodeRuntime: Required<Pick<ReceiverOptions, 'connectedFrom' | 'readBody'>> = {
  connectedFrom: (_, env) => incomingOf(env)?.socket.remoteAddress,
  readBody: (request, maxBytes, env) => {
    const incoming = incomingOf(env);
    return incoming ? readIncoming(incoming, maxBytes) : readBody(request, maxBytes);
  },
};

/** The Node request, which `@hono/node-server` passes on beside the web request. */
function incomingOf(env: unknown): IncomingMessage | undefined {
  const isNode = typeof env === 'object' && env !== null && 'incoming' in env;
  return isNode && env.incoming instanceof IncomingMessage ? env.incoming : undefined;
}

/** Reads the body of a Node request: several times faster than through a web stream. */
function readIncoming(incoming: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length > maxBytes) settle('too-long');
      else chunks.push(chunk);
    };
    const onEnd = () => settle(incoming.complete ? joinChunks(chunks, length) : 'cut-off');
    const onClose = () => settle('cut-off');
    const settle = (result: ReadBody) => {
      incoming.pause();
      incoming.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      resolve(result);
    };
    // A request that was read or destroyed emits no more events.
    if (incoming.readableDidRead) return resolve('consumed');
    if (incoming.destroyed) return resolve('cut-off');
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
