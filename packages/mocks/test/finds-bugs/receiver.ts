import { listen } from '../support/listen.ts';

/** The callback URL of a partner. */
export interface Receiver {
  readonly url: string;
  /** The statuses of its responses. */
  readonly statuses: readonly number[];
  readonly close: () => Promise<void>;
}

/** Serves a function that takes the body of a callback and returns a status. If the function throws, the status is 500. */
export async function startReceiver(receive: (body: string) => Promise<number>): Promise<Receiver> {
  const statuses: number[] = [];
  const { url, close } = await listen(async (request) => {
    const status = await receive(await request.text()).catch(() => 500);
    statuses.push(status);
    return new Response(null, { status });
  });
  return { url, statuses, close };
}
