import { listen } from './listen.ts';

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
  /** The JSON, if it is any. */
  readonly body: unknown;
}

/** A partner's receiver on real HTTP, which answers as the test says. */
export async function startReceiver(
  answer: (attempt: number) => Response | Promise<Response> = () => new Response(),
): Promise<Receiver> {
  const received: Received[] = [];
  const { url, close } = await listen(
    async (request) => {
      const text = await request.text();
      const { method, headers } = request;
      const path = new URL(request.url).pathname;
      received.push({ method, path, contentType: headers.get('content-type'), text, body: jsonIn(text) });
      return answer(received.length);
    },
    '127.0.0.1',
    0,
  );
  return { url, close, received };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
