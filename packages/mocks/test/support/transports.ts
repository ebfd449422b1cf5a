import { setupServer } from 'msw/node';
import { listenForRequests } from '../../src/http/api-server.ts';
import { createSandboxes, type Sandbox, type SandboxOptions, type Transport } from '../../src/index.ts';
import { mswHandlers } from '../../src/msw.ts';
import { ApiSession } from './journey.ts';

/** A sandbox, and a client that reaches the sandbox over one transport. */
export interface TransportSession {
  readonly sandbox: Sandbox;
  readonly api: ApiSession;
  readonly close: () => void | Promise<void>;
}

/** For each transport, a function that creates a sandbox and a client over the transport. */
export const openTransport: {
  readonly [T in Transport]: (options?: SandboxOptions) => Promise<TransportSession>;
} = {
  'in-process': async (options) => {
    const { sandbox } = createSandboxes().create(options);
    return { sandbox, api: new ApiSession(sandbox.fetch), close: () => {} };
  },
  msw: async (options) => {
    const { sandbox } = createSandboxes().create(options);
    const host = 'http://provider.test';
    const msw = setupServer(...mswHandlers(sandbox, { baseUrls: { go: host } }));
    msw.listen();
    return { sandbox, api: new ApiSession(fetch, host), close: () => msw.close() };
  },
  http: async (options) => {
    const sandboxes = createSandboxes({ transport: 'http' });
    const { id, sandbox } = sandboxes.create(options);
    const server = await listenForRequests(sandboxes, id, '127.0.0.1', 0);
    return { sandbox, api: new ApiSession(fetch, server.url), close: server.close };
  },
};
