import { randomBytes } from 'node:crypto';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { createSecretCheck } from '../../../packages/callback-server/src/access/secret-check.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

type Check = (presented: string) => boolean | Promise<boolean>;

const length = 32;
/** Above this value the times distinguish two kinds. Tests of cipher hardware use the same limit. */
const maxT = 4.5;
/** Chance exceeds the limit once in 100,000 measurements. A leak exceeds it every time. */
const measurements = 3;

/**
 * Times the receiver's check of tokens that are wrong from the first character, and of tokens that are wrong in the last
 * character only. Welch's test then decides whether the times distinguish the two kinds.
 */
export async function tokenTiming({ cycles, seed }: FaultRun): Promise<FaultResult> {
  const secret = randomBytes(length / 2).toString('hex');
  const check = createSecretCheck([secret, randomBytes(length / 2).toString('hex')]);
  const t = await measure(secret, check, cycles, seed);
  // The test must find a comparison that ends at the first difference, or it could not find anything.
  const leaky = await measure(secret, (presented) => leakyCheck(secret, presented), cycles, seed);
  return {
    holds: !areDistinct(t) && areDistinct(leaky),
    summary: `${cycles} checks timed, |t| = ${t.map(rounded)} for an early against a late wrong character; a check that ends at the first difference shows ${leaky.map(rounded)}`,
  };
}

function areDistinct(t: readonly number[]): boolean {
  return t.every((each) => Math.abs(each) > maxT && Math.sign(each) === Math.sign(t[0] ?? 0));
}

function rounded(t: number): string {
  return Math.abs(t).toFixed(1);
}

/** Returns Welch's t of one measurement, or of several if the first distinguishes the kinds. */
async function measure(secret: string, check: Check, samples: number, seed: number): Promise<number[]> {
  const t: number[] = [];
  do t.push(await compare(secret, check, samples, seed + t.length));
  while (areDistinct(t) && t.length < measurements);
  return t;
}

async function compare(secret: string, check: Check, samples: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const flip = (at: number) => secret.slice(0, at) + (secret[at] === '0' ? '1' : '0') + secret.slice(at + 1);
  const tokens = [flip(0), flip(length - 1)].map((token) => Buffer.from(token));
  // Chosen in advance, so that only the check differs while it is timed.
  const kinds = Uint8Array.from({ length: samples }, () => Math.floor(2 * random()));
  const times = new Float64Array(samples);
  for (const [sample, kind] of kinds.entries()) {
    // A new string each time, as for a request.
    const presented = tokens[kind]?.toString('latin1') ?? '';
    const start = process.hrtime.bigint();
    await check(presented);
    times[sample] = Number(process.hrtime.bigint() - start);
  }
  // Above this time the machine's other work is measured.
  const maxTime = times.toSorted()[Math.floor(samples * 0.98)] ?? Number.POSITIVE_INFINITY;
  const timesOf = (kind: number) => times.filter((time, sample) => kinds[sample] === kind && time <= maxTime);
  return welch(timesOf(0), timesOf(1));
}

/** Compares as no receiver should: the comparison ends at the first difference. */
function leakyCheck(secret: string, presented: string): boolean {
  for (let at = 0; at < secret.length; at++)
    if (secret.charCodeAt(at) !== presented.charCodeAt(at)) return false;
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
