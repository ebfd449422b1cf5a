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
    /** After how many steps of the simulation a server crashes, in all. */
    crashes: new Set(Array.from({ length: Math.floor(random() * 6) }, () => upTo(60) * upTo(10))),
    /** After how many ends of attempts one reaches the store late, in all. */
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
