import { IncomingMessage } from 'node:http';
import { readBody } from './read-body.ts';
import { readIncoming } from './read-incoming.ts';
import type { ReceiverOptions } from './receiver-options.ts';

/** Reads bodies and addresses on Node. */
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
