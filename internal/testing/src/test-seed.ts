import { randomInt } from 'node:crypto';

/** The seed of this run: `SEED` of the environment, or else a random one. A test prints the seed in its title. */
export const testSeed: number = Number(process.env['SEED'] ?? randomInt(1_000_000));
