import { listen } from '../src/listen.ts';

export interface Receiver {
  readonly url: string;
  readonly close: () => Promise<void>;
  readonly received: readonly Received[];
}

interface Received {
  readonly path: string;
  readonly contentType: string | null;
  readonly body: unknown;
}

/** A partner's receiver on real HTTP, which answers as the test says. */
export async function startReceiver(
  answer: (attempt: number) => Response | Promise<Response> = () => new Response(),
): Promise<Receiver> {
  const received: Received[] = [];
  const { url, close } = await listen(
    async (request) => {
      const contentType = request.headers.get('content-type');
      received.push({ path: new URL(request.url).pathname, contentType, body: await request.json() });
      return answer(received.length);
    },
    '127.0.0.1',
    0,
  );
  return { url, close, received };
}
