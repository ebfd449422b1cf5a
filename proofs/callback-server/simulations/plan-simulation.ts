import { seededRandom } from '@partner-ecosystem/testing/seeded-random';

/** What happens in a simulation, decided by its seed. */
export type SimulationPlan = ReturnType<typeof planSimulation>;

/** What a handler does with one attempt. */
export type Behaviour =
  | 'takes'
  | 'fails'
  | 'hangs'
  | 'takes late'
  /** Its transaction has a statement that fails. */
  | 'writes wrongly';

/** @param seed - The same seed plans the same simulation. */
export function planSimulation(seed: number) {
  const random = seededRandom(seed);
  const upTo = (max: number) => 1 + Math.floor(random() * max);
  const merchants = upTo(6);
  const callbacks = Array.from({ length: merchants }, (_, merchant) =>
    Array.from({ length: upTo(6) }, (_, number) => ({ merchant: `merchant ${merchant}`, number })),
  );
  return {
    seed,
    random,
    /** The callbacks of each merchant, in the order in which they are posted. */
    callbacks,
    routes: ['handler', 'forward'].slice(0, upTo(2)),
    /** Servers that share the store. */
    replicas: random() < 0.5 ? 1 : upTo(3),
    concurrency: upTo(6),
    /** Numbers of the steps at which a server crashes. The steps of all servers are counted together. */
    crashes: new Set(Array.from({ length: Math.floor(random() * 6) }, () => upTo(60) * upTo(10))),
    /** Numbers of the ends of attempts that reach the store late. The ends of all servers are counted together. */
    lateEnds: new Set(Array.from({ length: Math.floor(random() * 3) }, () => upTo(30))),
    /** The share of calls of the store that fail. */
    storeFaults: random() < 0.5 ? 0 : 0.05,
    behaviour: (): Behaviour => {
      const choice = random();
      if (choice < 0.75) return 'takes';
      if (choice < 0.85) return 'fails';
      if (choice < 0.9) return 'writes wrongly';
      return choice < 0.95 ? 'hangs' : 'takes late';
    },
  };
}
