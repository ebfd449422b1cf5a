import { hash } from 'node:crypto';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox, type Event, type Sandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import type { IncomingCallback } from '../../../packages/callback-server/src/callback/incoming-callback.ts';
import { readCallback } from '../../../packages/callback-server/src/callback/read-callback.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * Least time for which a merchant stays undecided after a forged decision. The confirmation gives up earlier, even after the
 * outage. Otherwise the forged decision could become true.
 */
const quietMs = 120 * minute;

/** A callback that reaches the server: from the provider, or from a forger. */
export interface Post {
  readonly at: number;
  readonly merchantId: string;
  readonly event: Event;
  readonly isForged: boolean;
  readonly body: string;
}

/** The merchants of a simulation. */
export interface Merchants {
  readonly sandbox: Sandbox;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly merchantIds: readonly string[];
  /** When the back office last decided a merchant. */
  readonly decidedAt: (merchantId: string) => number;
  /** Lets the back office decide what is due, and returns the callbacks that arrive by now. */
  readonly advance: () => Post[];
}

/** What becomes of a merchant. */
interface Life {
  readonly merchantId: string;
  readonly decidesAt: number;
  readonly decision: 'accept' | 'reject';
  readonly reversesAt: number;
  /** When a forger posts a decision that the back office has not made. */
  readonly forgedAt: number;
}

export interface LifeOptions {
  readonly merchants: number;
  readonly hours: number;
  /** The hour in which no pull succeeds; `undefined` for none. */
  readonly outageHour: number | undefined;
  readonly shareForged: number;
  readonly random: () => number;
  readonly now: () => number;
}

/**
 * Creates pending merchants in a sandbox. The back office decides each merchant at its own time, and reverses some
 * decisions. Some decisions of the outage are reversed within the outage. A forger accepts some merchants, at least two
 * hours before the back office decides them.
 */
export async function createMerchants(options: LifeOptions): Promise<Merchants> {
  const { random, now } = options;
  const sandbox = createSandbox({ seed: 1, now });
  const { credentials } = sandbox.backOffice.addPartner();
  const url = 'https://provider.test';
  const hosts = { goUrl: url, backopsUrl: url, persistUrl: url };
  const partner = createPartnerClient({ ...hosts, credentials, fetch: sandbox.fetch });
  const lives: Life[] = [];
  for (let count = 0; count < options.merchants; count++) {
    const { id } = await partner.createMerchant(requests.createMerchant.customer);
    await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId: id });
    lives.push(lifeOf(id, options, now()));
  }
  const decisions = new Map<string, number>();
  const steps = lives
    .flatMap((life) => stepsOf(sandbox, life, decisions))
    .sort((one, other) => one.at - other.at);
  return {
    sandbox,
    credentials,
    merchantIds: lives.map(({ merchantId }) => merchantId),
    decidedAt: (merchantId) => decisions.get(merchantId) ?? 0,
    advance: () => {
      const end = steps.findIndex(({ at }) => at > now());
      const due = steps.splice(0, end === -1 ? steps.length : end);
      return due.flatMap(({ at, run }) => run(at + Math.floor(random() * 1000)));
    },
  };
}

function lifeOf(merchantId: string, options: LifeOptions, start: number): Life {
  const { random, hours, shareForged, outageHour } = options;
  const spanMs = hours * 60 * minute;
  const decidesAt = start + random() * (spanMs - quietMs) + quietMs;
  const isForged = random() < shareForged;
  return {
    merchantId,
    decidesAt,
    decision: random() < 0.7 ? 'accept' : 'reject',
    reversesAt: reversalOf(decidesAt, random, outageHour),
    forgedAt: isForged ? start + random() * (decidesAt - quietMs - start) : Number.POSITIVE_INFINITY,
  };
}

function reversalOf(decidesAt: number, random: () => number, outageHour: number | undefined): number {
  if (isInHour(outageHour, decidesAt) && random() < 0.3)
    return decidesAt + random() * (hour - (decidesAt % hour));
  return random() < 0.1 ? decidesAt + (1 + random()) * hour : Number.POSITIVE_INFINITY;
}

/** Whether a time is in an hour of the day. Every simulation begins at midnight. */
export function isInHour(of: number | undefined, time: number): boolean {
  return new Date(time).getUTCHours() === of;
}

interface Step {
  readonly at: number;
  readonly run: (at: number) => Post[];
}

function stepsOf(sandbox: Sandbox, life: Life, decisions: Map<string, number>): Step[] {
  const { merchantId, decision, decidesAt, reversesAt, forgedAt } = life;
  const reversal = decision === 'accept' ? 'reject' : 'accept';
  const decide = (event: 'accept' | 'reject', decidedAt: number) => (at: number) => {
    sandbox.backOffice[event](merchantId);
    decisions.set(merchantId, decidedAt);
    return [{ at, merchantId, event, isForged: false, body: bodyOf(merchantId, event, at) }];
  };
  const steps: Step[] = [
    { at: decidesAt, run: decide(decision, decidesAt) },
    { at: reversesAt, run: decide(reversal, reversesAt) },
    {
      at: forgedAt,
      run: (at) => [
        { at, merchantId, event: 'accept', isForged: true, body: bodyOf(merchantId, 'accept', at) },
      ],
    },
  ];
  return steps.filter(({ at }) => Number.isFinite(at));
}

function bodyOf(id: string, status: string, actionTime: number): string {
  const { realmId } = requests.createMerchant.customer;
  return JSON.stringify({ merchantData: { id, status, realmId, actionTime } });
}

/** A post, as the receiver passes it to the store. */
export function callbackOfPost({ body, event, at }: Post): IncomingCallback {
  return readCallback({
    body: Buffer.from(body),
    bodySha256: hash('sha256', body),
    event,
    receivedAt: new Date(at),
    sender: { address: null, userAgent: null },
  });
}
