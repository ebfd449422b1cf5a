import { randomBytes } from 'node:crypto';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { createSecretCheck } from '../../packages/callback-server/src/access/secret-check.ts';
import type { FaultRun, Figure } from './fault-table.ts';

type Check = (given: string) => boolean | Promise<boolean>;

const length = 32;
/** Beyond this the two are told apart, by the usage of those who test cipher hardware. */
const tellingT = 4.5;

/**
 * Times the door's check of tokens that are wrong from their first character and of tokens that are wrong in their last
 * only, in random order, and asks by Welch's test whether the times tell which was which.
 */
export async function tokenTiming({ cycles, seed }: FaultRun): Promise<Figure> {
  const secret = randomBytes(length / 2).toString('hex');
  const t = await compare(
    secret,
    createSecretCheck([secret, randomBytes(length / 2).toString('hex')]),
    cycles,
    seed,
  );
  const leaky = await compare(secret, (given) => leaks(secret, given), cycles, seed);
  return {
    // A comparison that ends at the first difference must be found out, or the test could not find anything.
    holds: Math.abs(t) < tellingT && Math.abs(leaky) > tellingT,
    text: `${cycles} checks timed, |t| = ${Math.abs(t).toFixed(2)} for an early against a late wrong character; a check that ends at the first difference shows ${Math.abs(leaky).toFixed(0)}`,
  };
}

async function compare(secret: string, check: Check, samples: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const flip = (at: number) => secret.slice(0, at) + (secret[at] === '0' ? '1' : '0') + secret.slice(at + 1);
  const tokens = [flip(0), flip(length - 1)].map((token) => Buffer.from(token));
  // Chosen and laid out before, so that nothing but the check differs while it is timed.
  const kinds = Uint8Array.from({ length: samples }, () => Math.floor(2 * random()));
  const times = new Float64Array(samples);
  for (const [sample, kind] of kinds.entries()) {
    // A new string each time, as it is for a request.
    const given = tokens[kind]?.toString('latin1') ?? '';
    const start = process.hrtime.bigint();
    await check(given);
    times[sample] = Number(process.hrtime.bigint() - start);
  }
  // Cuts all at one height, above which the machine's other work is measured.
  const height = times.toSorted()[Math.floor(samples * 0.98)] ?? Number.POSITIVE_INFINITY;
  const of = (kind: number) => times.filter((time, sample) => kinds[sample] === kind && time <= height);
  return welch(of(0), of(1));
}

/** Compares as no door should: it ends at the first difference. */
function leaks(secret: string, given: string): boolean {
  for (let at = 0; at < secret.length; at++) if (secret.charCodeAt(at) !== given.charCodeAt(at)) return false;
  return true;
}

function welch(one: Float64Array, other: Float64Array): number {
  const [a, b] = [moments(one), moments(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length);
}

function moments(times: Float64Array): { mean: number; variance: number } {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (times.length - 1);
  return { mean, variance };
}
