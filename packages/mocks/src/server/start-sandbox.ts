import type { RequestListener, Server } from 'node:http';
import type { ControlApiOptions } from '../control/control-api.ts';
import { assertOptions, OptionError } from '../core/model/assert-options.ts';
import { listenForRequests } from '../http/api-server.ts';
import { listenOn } from '../http/listen-on.ts';
import { createServer } from '../http/node-http.ts';
import { isLoopback } from '../sandbox/callback-target.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { optionNames, type SandboxOptions } from '../sandbox/sandbox-options.ts';
import { createSandboxes, type Sandboxes } from '../sandbox/sandboxes.ts';
import { assertControlToken } from './control-token.ts';

export interface StartOptions extends Omit<SandboxOptions, 'onEffect'> {
  /**
   * Port of the provider's API. 0 selects a free port.
   * @default 4010
   */
  readonly port?: number;
  /**
   * Port of the control API. 0 selects a free port.
   * @default 4011
   */
  readonly controlPort?: number;
  /**
   * Address on which the control API listens. If other machines can reach this address, as in a container, a request
   * may use any name for the server. The token stays required.
   * @default '127.0.0.1'
   */
  readonly controlHost?: string;
  /**
   * Address on which the provider's API listens.
   * @default '127.0.0.1'
   */
  readonly host?: string;
  /**
   * Bearer token of the control API: at least 16 letters, digits, `-` and `_`.
   * @default a new token at every start
   */
  readonly controlToken?: string;
  /**
   * Maximum number of sandboxes, not including the root sandbox.
   * @default 1000
   */
  readonly maxSandboxes?: number;
}

/** A sandbox that listens. */
export interface RunningSandbox {
  /** Address of the provider's API, which serves all of the provider's hosts. */
  readonly url: string;
  readonly controlUrl: string;
  /** Bearer token of the control API. */
  readonly controlToken: string;
  /** The root sandbox, which `url` addresses. */
  readonly sandbox: Sandbox;
  /** All sandboxes; the root sandbox has the id `default`. Each has the address `{url}/s/{id}`. */
  readonly sandboxes: Sandboxes;
  /** Stops both servers and the delivery of callbacks immediately. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a sandbox as an HTTP server that posts callbacks when they are due, with a control API on a second port.
 *
 * @throws OptionError for a misspelt option.
 * @throws Error if a port is in use, or if `NODE_ENV` is `production`.
 * @example
 * ```ts
 * const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
 * ```
 */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error(
      'Refusing to start with NODE_ENV=production: the sandbox is a test double. Unset NODE_ENV.',
    );
  assertOptions('startSandbox', options, [...serverOptionNames, ...optionNames]);
  const { port = 4010, controlPort = 4011, host = '127.0.0.1', maxSandboxes = 1000, ...others } = options;
  const { controlHost = '127.0.0.1', controlToken = newToken(), ...defaults } = others;
  assertControlToken('The option controlToken', controlToken);
  const sandboxes = createSandboxes({ max: maxSandboxes + 1, defaults, transport: 'http' });
  const { sandbox } = sandboxes.create({}, rootId);
  const api = await listenForRequests(sandboxes, rootId, host, port);
  const isLocal = isLoopback(controlHost.includes(':') ? `[${controlHost}]` : controlHost);
  const controlServer = createControlServer({ sandboxes, controlToken, apiUrl: api.url, isLocal });
  const control = await listenOn(controlServer, controlHost, controlPort, '--control-port').catch(
    async (error) => {
      await api.close();
      if (port === 0 || port !== controlPort) throw error;
      throw new OptionError(
        `--port and --control-port are both ${port}. Give them different ports, as startSandbox's port and controlPort.`,
      );
    },
  );
  return {
    url: api.url,
    controlUrl: control.url,
    controlToken,
    sandbox,
    sandboxes,
    close: async () => {
      await Promise.all([sandboxes.close(), api.close(), control.close()]);
    },
  };
}

function newToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
}

const rootId = 'default';
const serverOptionNames: readonly (keyof StartOptions)[] = [
  ...(['port', 'controlPort', 'host', 'controlHost'] as const),
  ...(['controlToken', 'maxSandboxes'] as const),
];

/** The first request loads the code of the control API: most tests never need it, and a start must be fast. */
function createControlServer(options: ControlApiOptions): Server {
  let loading: Promise<RequestListener> | undefined;
  return createServer(async (incoming, outgoing) => {
    loading ??= import('../control/control-api.ts').then((api) => api.createControlListener(options));
    (await loading)(incoming, outgoing);
  });
}
