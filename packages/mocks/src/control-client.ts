import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../generated/control-schema.d.ts';

export type { components, operations, paths } from '../generated/control-schema.d.ts';

type ServerPath = Extract<keyof paths, '/health' | `/sandboxes${string}`>;

/** The operations of the control API that concern the server, with the sandboxes it holds. */
export type ServerControl = Client<Pick<paths, ServerPath>>;

/** The operations of the control API that concern one sandbox. */
export type SandboxControl = Client<Omit<paths, ServerPath>>;

/** A typed client of the control API, made from its description. */
export interface Control {
  readonly server: ServerControl;
  /** One sandbox by its id; without an id, the one that is there from the start. */
  readonly sandbox: (id?: string) => SandboxControl;
}

/** Where a control API is. */
export interface ControlOptions {
  /** Address of the control port, such as `http://127.0.0.1:4011`. */
  readonly url: string;
  /** The control token that was printed at the start. */
  readonly token: string;
}

/**
 * Creates a client of a running sandbox's control API. Its calls answer `{ data, error, response }` and throw only where
 * there is no answer.
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
  // The content type stands on calls without a body too: the control API asks for it wherever something changes.
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    server: createClient<Pick<paths, ServerPath>>({ baseUrl: url, headers }),
    sandbox: (id) =>
      createClient<Omit<paths, ServerPath>>({
        baseUrl: id === undefined ? url : `${url}/s/${encodeURIComponent(id)}`,
        headers,
      }),
  };
}
