import { listen } from './listen.ts';

/** How long a test waits for a callback: a busy machine can need more than the five seconds of the default. */
export const patiently = { timeoutMs: 240_000 };

export interface Receiver {
  readonly url: string;
  readonly close: () => Promise<void>;
  readonly received: readonly Received[];
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly text: string;
  /** The parsed body, or `undefined` if the body is not JSON. */
  readonly body: unknown;
}

/** Starts a partner's receiver over HTTP. `respond` creates the response to each attempt. */
export async function startReceiver(
  respond: (attempt: number) => Response | Promise<Response> = () => new Response(),
): Promise<Receiver> {
  const received: Received[] = [];
  const { url, close } = await listen(async (request) => {
    const text = await request.text();
    const { method, headers } = request;
    const path = new URL(request.url).pathname;
    received.push({ method, path, contentType: headers.get('content-type'), text, body: parseJson(text) });
    return respond(received.length);
  });
  return { url, close, received };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
