import { randomBytes } from 'node:crypto';
import { confirmRoute } from '../callback/confirmation.ts';
import type { Claim, ClaimedDelivery, ConfirmedDelivery, SettledDelivery } from '../callback/delivery.ts';
import type { CallbackStore, ClaimResult } from './callback-store.ts';
import { findDamaged } from './damaged-callback.ts';
import { type RouteOrders, targetsOf } from './delivery-targets.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { ClaimedLine, ClaimRow } from './engine/read-rows.ts';
import type { ClaimLimits, ConfirmedAttempt, SettledAttempt } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';
import { label } from './label.ts';
import { createLostClaims, givenBack } from './lost-claims.ts';
import { receivedBody } from './received-body.ts';

type DeliveryMethods =
  | 'claim'
  | 'giveBack'
  | 'reclaimExpired'
  | 'settle'
  | 'settleWith'
  | 'settleConfirmed'
  | 'nextDueIn'
  | 'releaseDeferred'
  | 'correctDueTimes';

/** Maximum number of rows that one call of the engine changes. */
const batchSize = 1000;

/** Retry delay of a callback that this server cannot decrypt. A restart may give the server the missing key. */
const unreadableDelayMs = 60_000;

/** Claims deliveries, decrypts their callbacks, and settles them. */
export function createClaims(
  engine: StoreEngine,
  encryption: Encryption,
  orders: RouteOrders,
): Pick<CallbackStore, DeliveryMethods> {
  const { nextDueIn } = engine;
  const prompt = [...orders].filter(([, order]) => order === 'latest').map(([route]) => route);
  let lacksKey = false;
  const lost = createLostClaims(engine);
  return {
    claim: async (route, limits) => {
      await lost.giveBack(route);
      // Claims no callback that only other servers can read.
      if (lacksKey) await encryption.assertUsable();
      const lines = await claimPastDamage(engine, route, limits);
      return lost.unless(route, lines, async () => {
        const rows = await Promise.all(lines.map((line) => readPastDamage(engine, line)));
        return readClaims(route, rows, engine, encryption, (lacks) => {
          lacksKey = lacks;
        });
      });
    },
    giveBack: (route, claims) =>
      lost.unless(route, claims, async () => {
        await engine.settle(route, claims.map(givenBack));
      }),
    reclaimExpired: async (route) => {
      const lines = await engine.reclaimExpired(route, newToken());
      return lost.unless(route, lines, () =>
        Promise.all(lines.map(async (line) => claimedDelivery(line, await readReceipt(line, engine)))),
      );
    },
    settle: (route, settled) => engine.settle(route, settled.map(settledAttempt)),
    settleWith: (settled, statements) =>
      engine.settleWith(settled.claim.route, settledAttempt(settled), statements),
    settleConfirmed: async (confirmed) =>
      engine.settleConfirmed(
        confirmRoute,
        await Promise.all(confirmed.map((each) => confirmedAttempt(each, encryption, orders))),
        prompt,
      ),
    nextDueIn,
    releaseDeferred: async (route) => {
      let since: Date | undefined;
      do since = await engine.releaseDeferred(route, batchSize, since);
      while (since);
    },
    correctDueTimes: (route) => untilFewer(batchSize, () => engine.correctDueTimes(route, batchSize)),
  };
}

/** Reads claimed callbacks. Settles the claims of those that cannot be read. */
async function readClaims(
  route: string,
  rows: readonly (ClaimRow | ClaimedLine)[],
  engine: StoreEngine,
  encryption: Encryption,
  onLacksKey: (lacks: boolean) => void,
): Promise<ClaimResult> {
  const read = await Promise.all(
    rows.map((row) => ('body' in row ? readClaim(row, encryption) : giveUpDamaged(row, engine))),
  );
  const unreadable = read.filter((result) => result === 'unreadable').length;
  const lacksKey = unreadable > 0 && (await isUnusable(encryption));
  onLacksKey(lacksKey);
  // Other servers need not wait for callbacks that only this server cannot read.
  const delayMs = lacksKey ? 0 : unreadableDelayMs;
  const left = rows
    .filter((_, index) => read[index] === 'unreadable')
    .map((row): SettledAttempt => ({ ...row, state: 'due', delayMs }));
  const givenUp = read.filter((result) => typeof result === 'object' && 'settlement' in result);
  const settled = [...givenUp.map(settledAttempt), ...left];
  const areHeld = settled.length > 0 ? await engine.settle(route, settled) : [];
  return {
    claims: read.filter((result) => typeof result === 'object' && 'body' in result),
    givenUp: givenUp.filter((_, index) => areHeld[index]),
    unreadable,
  };
}

/** If a callback is damaged, the lines come without their callbacks. */
async function claimPastDamage(
  engine: StoreEngine,
  route: string,
  limits: ClaimLimits,
): Promise<(ClaimRow | ClaimedLine)[]> {
  try {
    return await engine.claim(route, limits, newToken());
  } catch (error) {
    if (!isDamage(error)) throw error;
    return engine.claimUnread(route, limits, newToken());
  }
}

/** Adds the callback to a line that came without its callback. If the callback is damaged, returns the line unchanged. */
async function readPastDamage(
  engine: StoreEngine,
  line: ClaimRow | ClaimedLine,
): Promise<ClaimRow | ClaimedLine> {
  if ('body' in line) return line;
  try {
    return { ...line, ...(await engine.claimedCallback(line.callback)) };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return line;
  }
}

/** Whether this server lacks a master key. Servers that have the key can read what this server cannot read. */
function isUnusable(encryption: Encryption): Promise<boolean> {
  return encryption.assertUsable().then(
    () => false,
    () => true,
  );
}

/** Decrypts a claimed callback. If its body is lost, resolves to how to settle the claim. A bad row fails no other claim. */
async function readClaim(
  row: ClaimRow,
  encryption: Encryption,
): Promise<Claim | SettledDelivery | 'unreadable'> {
  const { id, event, verdict, dataKey, bodyHash, body, confirmation, pulled } = row;
  const claim = claimedDelivery(row, row);
  const giveUp = (outcome: string) => ({ claim, settlement: { state: 'dead', outcome } as const });
  const key = await encryption.keyById(dataKey).catch(() => undefined);
  if (!key) return 'unreadable';
  if (!body) return giveUp('its body is gone');
  try {
    return {
      ...claim,
      event,
      verdict,
      dataKey,
      body: receivedBody({ id, bodyHash, body }, key, encryption),
      ...(confirmation && { confirmation }),
      ...(pulled && { pulled: key.decrypt(pulled, label(id, 'pulled')) }),
    };
  } catch {
    return giveUp('its body is damaged');
  }
}

/** Resolves to how to settle the claim of a callback whose row is damaged. */
async function giveUpDamaged(line: ClaimedLine, engine: StoreEngine): Promise<SettledDelivery> {
  const claim = claimedDelivery(line, await readReceipt(line, engine));
  return { claim, settlement: { state: 'dead', outcome: 'its row is damaged' } };
}

/** Reads id and time of a claimed callback without reading its row, which may be damaged. */
async function readReceipt(
  { callback }: ClaimedLine,
  engine: StoreEngine,
): Promise<Pick<ClaimRow, 'id' | 'receivedAt'>> {
  const receipt = (await findDamaged(engine, callback))?.receipt;
  return receipt ?? { id: `sequence ${callback}`, receivedAt: new Date(0) };
}

function claimedDelivery(
  { token, route, orderKey, callback, attempt }: ClaimedLine,
  { id, receivedAt }: Pick<ClaimRow, 'id' | 'receivedAt'>,
): ClaimedDelivery {
  return { token, route, orderKey, callback, callbackId: id, receivedAt, attempt };
}

function settledAttempt({ claim, settlement }: SettledDelivery): SettledAttempt {
  const { orderKey, token, callback } = claim;
  const { state } = settlement;
  return {
    orderKey,
    token,
    callback,
    state,
    delayMs: state === 'due' ? settlement.retryDelayMs : 0,
    outcome: state === 'taken' ? 'taken' : settlement.outcome,
  };
}

async function confirmedAttempt(
  { claim, settlement, confirmation }: ConfirmedDelivery,
  encryption: Encryption,
  orders: RouteOrders,
): Promise<ConfirmedAttempt> {
  const { state, pulled, routes } = confirmation;
  // If the key is missing, the merchant has been erased: the claim is gone, and nothing will be written.
  const key = pulled && (await encryption.keyById(claim.dataKey));
  return {
    ...settledAttempt({ claim, settlement }),
    confirmation: state ?? null,
    pulled: pulled && key ? key.encrypt(pulled, label(claim.callbackId, 'pulled')) : null,
    targets: targetsOf(routes, claim.callbackId, claim.orderKey, orders),
  };
}

/** Repeats a change until it changes fewer rows than the limit. */
async function untilFewer(limit: number, change: () => Promise<number>): Promise<void> {
  while ((await change()) >= limit);
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
