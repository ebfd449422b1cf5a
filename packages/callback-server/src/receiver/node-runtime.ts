import { IncomingMessage } from 'node:http';
import type { ReceiverOptions } from './create-receiver.ts';
import { readBody } from './read-body.ts';
import { readIncoming } from './read-incoming.ts';

/** How the receiving part reads bodies and addresses where it is served by Node. */
export const nodeRuntime: Required<Pick<ReceiverOptions, 'connectedFrom' | 'readBody'>> = {
  connectedFrom: (_, env) => incomingOf(env)?.socket.remoteAddress,
  readBody: (request, maxBytes, env) => {
    const incoming = incomingOf(env);
    return incoming ? readIncoming(incoming, maxBytes) : readBody(request, maxBytes);
  },
};

/** Node's own request, which `@hono/node-server` hands on beside the one for `fetch`. */
function incomingOf(env: unknown): IncomingMessage | undefined {
  const isNode = typeof env === 'object' && env !== null && 'incoming' in env;
  return isNode && env.incoming instanceof IncomingMessage ? env.incoming : undefined;
}
