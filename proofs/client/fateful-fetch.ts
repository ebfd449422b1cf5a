import { type Fate, pick } from './fates.ts';

interface FatefulFetchOptions {
  readonly provider: (request: Request) => Promise<Response>;
  readonly random: () => number;
  readonly fates: Readonly<Record<string, Fate>>;
  readonly maxLateMs: number;
  readonly maxProcessingMs: number;
  /** Selects the requests that have a fate. */
  readonly isAffected: (request: Request) => boolean;
  /** Called with each response of the provider, even if the client never sees it. */
  readonly onStored: (response: Response) => Promise<void>;
}

export interface FatefulFetch {
  /** Number of requests with each fate. */
  readonly counts: Readonly<Record<string, number>>;
  fetch(request: Request): Promise<Response>;
  /** The signal that a call with this reference must get. */
  signalOf(reference: string): AbortSignal;
  /** References whose request the provider worked on for longer than `maxProcessingMs`, on a machine that stalled. */
  readonly overdue: ReadonlySet<string>;
  /** Resolves when the provider has done everything that it does late. */
  settled(): Promise<unknown>;
}

/** Creates a `fetch` that gives half of the requests a random fate, and signals that some fates abort. */
export function createFatefulFetch(options: FatefulFetchOptions): FatefulFetch {
  const { provider, random, fates, maxLateMs, maxProcessingMs, isAffected, onStored } = options;
  const names = Object.keys(fates);
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  const controllers = new Map<string, AbortController>();
  const overdue = new Set<string>();
  const late: Promise<void>[] = [];

  const controllerOf = (reference: string) => {
    const controller = controllers.get(reference) ?? new AbortController();
    controllers.set(reference, controller);
    return controller;
  };

  return {
    counts,
    overdue,
    signalOf: (reference: string) => controllerOf(reference).signal,
    settled: () => Promise.all(late),

    async fetch(request: Request): Promise<Response> {
      if (!isAffected(request)) return provider(request);
      const arrivedAt = performance.now();
      const text = await request.text();
      const { signzyAppId } = JSON.parse(text) as { signzyAppId: string };
      const work = async () => {
        const { url, method, headers } = request;
        const response = await provider(new Request(url, { method, headers, body: text }));
        await onStored(response.clone());
        if (performance.now() - arrivedAt > maxProcessingMs) overdue.add(signzyAppId);
        return response;
      };
      if (random() < 0.5) return work();
      const name = pick(names, random);
      counts[name] = (counts[name] ?? 0) + 1;
      const fate = fates[name];
      if (!fate) throw new Error(`There is no fate ${name}.`);
      return fate({
        request,
        random,
        maxLateMs,
        work,
        workLater(milliseconds) {
          const { promise, resolve } = Promise.withResolvers<void>();
          setTimeout(() => void work().then(() => resolve()), milliseconds);
          late.push(promise);
        },
        abort: () => controllerOf(signzyAppId).abort(),
      });
    },
  };
}
