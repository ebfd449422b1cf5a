import { randomBytes } from 'node:crypto';
import { createControlApi } from './control/control-api.ts';
import { keepDelivering } from './keep-delivering.ts';
import { type Listening, listen } from './listen.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

/** What a sandbox server is started with. */
export interface StartOptions {
  /**
   * Port of the provider's API; 0 takes a free one.
   * @default 4010
   */
  readonly port?: number;
  /**
   * Port of the control API, which listens on 127.0.0.1 whatever the host; 0 takes a free one.
   * @default 4011
   */
  readonly controlPort?: number;
  /**
   * Fixes every id, user name and token.
   * @default 1
   */
  readonly seed?: string | number;
  /**
   * Address that the provider's API listens on.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /**
   * Host names, without port, that callbacks may be posted to beside this machine.
   * @default []
   */
  readonly allowedCallbackHosts?: readonly string[];
}

/** A sandbox that listens. */
export interface RunningSandbox {
  /** Address of the provider's API: all of its hosts in one. */
  readonly url: string;
  readonly controlUrl: string;
  /** Bearer token of the control API, new at every start. */
  readonly controlToken: string;
  readonly sandbox: Sandbox;
  /** Stops both servers and the delivery of callbacks at once. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a sandbox as an HTTP server that posts callbacks by itself, with a control API on a port of its own.
 *
 * @throws Error if a port is taken, or if `NODE_ENV` is `production`.
 * @example
 * ```ts
 * const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
 * ```
 */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('NODE_ENV is production: a sandbox is no provider. Start it where nobody relies on it.');
  const {
    port = 4010,
    controlPort = 4011,
    host = '127.0.0.1',
    seed = 1,
    allowedCallbackHosts = [],
  } = options;
  const controlToken = randomBytes(32).toString('base64url');
  const sandbox = createSandbox({ seed, allowedCallbackHosts, onEffect: () => deliverer.wake() });
  const deliverer = keepDelivering(sandbox);
  const api = await listen(sandbox.fetch, host, port);
  const control = await listenOrClose(api, createControlApi(sandbox, controlToken).fetch, controlPort);
  return {
    url: api.url,
    controlUrl: control.url,
    controlToken,
    sandbox,
    close: async () => {
      await Promise.all([deliverer.stop(), api.close(), control.close()]);
    },
  };
}

async function listenOrClose(
  other: Listening,
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  try {
    return await listen(fetch, '127.0.0.1', port);
  } catch (error) {
    await other.close();
    throw error;
  }
}
