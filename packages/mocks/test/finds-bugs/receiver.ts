import { listen } from '../listen.ts';

/** Where a partner takes callbacks. */
export interface Receiver {
  readonly url: string;
  /** The answers it gave. */
  readonly statuses: readonly number[];
  readonly close: () => Promise<void>;
}

/** Serves a function that takes a callback's body and answers with a status; if it throws, that is a 500. */
export async function startReceiver(take: (body: string) => Promise<number>): Promise<Receiver> {
  const statuses: number[] = [];
  const { url, close } = await listen(
    async (request) => {
      const status = await take(await request.text()).catch(() => 500);
      statuses.push(status);
      return new Response(null, { status });
    },
    '127.0.0.1',
    0,
  );
  return { url, statuses, close };
}
