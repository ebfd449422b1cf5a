import type { IncomingMessage } from 'node:http';
import { joinChunks, type ReadBody } from './read-body.ts';

/** Reads the body of a Node request: several times faster than through a web stream. */
export function readIncoming(incoming: IncomingMessage, maxBytes: number): Promise<ReadBody> {
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
    // Such a request emits no more events.
    if (incoming.destroyed || incoming.readableEnded) return resolve('cut-off');
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}
