/** One attempt at a callback by a route of a server. */
export interface Tried {
  readonly server: string;
  readonly route: string;
  readonly merchant: string;
  readonly number: number;
  /** Missing while the attempt runs. `cut off`: the attempt timed out, or its server crashed. */
  end?: 'taken' | 'failed' | 'cut off';
}

/** Writes down every attempt, and which promises were broken. */
export function createHandingLog() {
  const attempts: Tried[] = [];
  const running = new Set<Tried>();
  const crashed = new Set<string>();
  const late = new Set<string>();
  const overlaps: string[] = [];
  const end = (attempt: Tried, how: Tried['end'] & string) => {
    if (!running.delete(attempt)) return;
    attempt.end = how;
  };
  return {
    start: (started: Tried) => {
      for (const { route, merchant, number } of running)
        if (route === started.route && merchant === started.merchant)
          overlaps.push(`${route}, ${merchant}: ${started.number} began during ${number}`);
      attempts.push(started);
      running.add(started);
      return { end: (how: Tried['end'] & string) => end(started, how) };
    },
    /** A server is gone, and its attempts with it. */
    crash: (server: string) => {
      crashed.add(server);
      for (const attempt of [...running]) if (attempt.server === server) end(attempt, 'cut off');
    },
    /** A server ends attempts so late that it loses their claims. */
    late: (server: string) => void late.add(server),
    /** Attempts of a merchant that began during another attempt of the merchant. */
    overlaps,
    /** Callbacks that a route first took after a later callback of the same merchant. */
    inversions: () => inversionsIn(taken(attempts)),
    /** Callbacks that a route took again, although the first taker neither crashed nor lost its claim. */
    unexcusedRepeats: () => {
      const takers = new Map<string, string>();
      return taken(attempts).filter(({ server, route, merchant, number }) => {
        const key = `${route} ${merchant} ${number}`;
        const taker = takers.get(key);
        takers.set(key, server);
        return taker !== undefined && !crashed.has(taker) && !late.has(taker);
      });
    },
    hasTaken: (route: string, merchant: string, number: number) =>
      taken(attempts).some(
        (each) => each.route === route && each.merchant === merchant && each.number === number,
      ),
    counts: () => ({
      taken: taken(attempts).length,
      failed: attempts.filter((attempt) => attempt.end === 'failed').length,
      cutOff: attempts.filter((attempt) => attempt.end === 'cut off').length,
      crashes: crashed.size,
      late: late.size,
    }),
  };
}

function inversionsIn(attempts: readonly Tried[]): Tried[] {
  const latest = new Map<string, number>();
  const first = new Set<string>();
  return attempts.filter(({ route, merchant, number }) => {
    const line = `${route} ${merchant}`;
    if (first.has(`${line} ${number}`)) return false;
    first.add(`${line} ${number}`);
    const before = latest.get(line) ?? -1;
    latest.set(line, Math.max(before, number));
    return number < before;
  });
}

function taken(attempts: readonly Tried[]): Tried[] {
  return attempts.filter((attempt) => attempt.end === 'taken');
}
