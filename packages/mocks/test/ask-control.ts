import { request } from 'node:http';
import type { RunningSandbox } from '../src/node.ts';

/** A request to a control API, with its token unless told otherwise. */
export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Text, or pieces that go out without a length. */
  readonly body?: string | readonly string[];
}

export interface Answered {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Asks over plain `node:http`, since fetch lets nobody choose Host and Origin. */
export function askControl(
  { controlUrl, controlToken }: RunningSandbox,
  { method = 'GET', path = '/world', headers = {}, body }: Asked,
): Promise<Answered> {
  const { hostname, port } = new URL(controlUrl);
  const authorization = `Bearer ${controlToken}`;
  return new Promise((resolve, reject) => {
    // The path goes out as it is: a URL would tidy it up first.
    const asked = request({ hostname, port, method, path, headers: { authorization, ...headers } });
    asked.on('error', reject).on('response', async (response) => {
      const chunks: Buffer[] = await response.toArray();
      const { statusCode = 0, headers: answered } = response;
      resolve({ status: statusCode, headers: answered, text: Buffer.concat(chunks).toString() });
    });
    if (typeof body === 'object') for (const piece of body) asked.write(piece);
    asked.end(typeof body === 'string' ? body : undefined);
  });
}
