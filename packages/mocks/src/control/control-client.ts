import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/control-schema.d.ts';

export type { components, operations, paths } from '../../generated/control-schema.d.ts';

type ServerPath = Extract<keyof paths, '/health' | `/sandboxes${string}`>;

/** The operations of the control API on the server and its sandboxes. */
export type ServerControl = Client<Pick<paths, ServerPath>>;

/** The operations of the control API on one sandbox. */
export type SandboxControl = Client<Omit<paths, ServerPath>>;

/** A typed client of the control API, derived from its description. */
export interface Control {
  readonly server: ServerControl;
  /** Returns the client for one sandbox: without an id, for the default sandbox. */
  readonly sandbox: (id?: string) => SandboxControl;
}

export interface ControlOptions {
  /** Address of the control port, such as `http://127.0.0.1:4011`. */
  readonly url: string;
  /** The control token, which the server prints when it starts. */
  readonly token: string;
}

/**
 * Creates a client of a running sandbox's control API. Its calls resolve with `{ data, error, response }`, and reject only
 * if no response comes.
 *
 * @example
 * ```ts
 * const control = createControl({ url: 'http://127.0.0.1:4011', token });
 * const decided = await control.sandbox().POST('/merchants/{merchantId}/decision', {
 *   params: { path: { merchantId } },
 *   body: { decision: 'accept' },
 * });
 * ```
 */
export function createControl({ url, token }: ControlOptions): Control {
  // The control API requires the content type on every write, even without a body.
  const baseUrl = url.replace(/\/+$/, '');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    server: createClient<Pick<paths, ServerPath>>({ baseUrl, headers }),
    sandbox: (id) =>
      createClient<Omit<paths, ServerPath>>({
        baseUrl: id === undefined ? baseUrl : `${baseUrl}/s/${encodeURIComponent(id)}`,
        headers,
      }),
  };
}
