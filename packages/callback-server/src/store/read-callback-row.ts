import { setImmediate as nextTurn } from 'node:timers/promises';
import { redact, responses, webhooks } from '@partner-ecosystem/openapi/classification';
import type { KeptCallback, Receipt, WholeCallback } from '../callback/kept-callback.ts';
import { parseBody } from '../callback/parse-body.ts';
import type { Sender } from '../callback/sender.ts';
import { type DamagedCallback, LostCallbacksError, showDamaged } from './damaged-callback.ts';
import { type DataKey, UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { MasterKeyError } from './encryption/master-key-error.ts';
import type { CallbackRow, ReceiptRow, WholeCallbackRow } from './engine/read-rows.ts';
import { label } from './label.ts';
import { receivedBody } from './received-body.ts';

/** Encrypted as the body is, because these fields may contain personal data too. */
type Details = Pick<KeptCallback, 'merchantId' | 'signzyAppId' | 'status' | 'violations' | 'bodySha256'>;

/** Decrypts a callback's row. Little is left of an erased merchant's callback. */
async function readKept(row: CallbackRow, encryption: Encryption): Promise<KeptCallback> {
  const { hasBody, hasMasked } = row;
  const key = await encryption.keyById(row.dataKey);
  // The erasure was interrupted, or the data keys are a copy that is older than the database.
  if (!key && (hasBody || hasMasked)) return unreadable(row);
  return {
    ...plainFields(row),
    held: hasBody ? 'body' : hasMasked ? 'masked' : 'nothing',
    ...readDetails(row, key),
  };
}

/** The fields that are stored in plaintext. */
function plainFields(row: CallbackRow) {
  const { id, event, verdict, receivedAt, seenCount, bodyBytes, deliveries, confirmation, confirmedAt } = row;
  const shown = { id, event, verdict, receivedAt, seenCount, bodyBytes, deliveries };
  return confirmation && confirmedAt
    ? { ...shown, confirmation: { state: confirmation, at: confirmedAt } }
    : shown;
}

export async function readWhole(row: WholeCallbackRow, encryption: Encryption): Promise<WholeCallback> {
  const receipts = await Promise.all(row.receipts.map((receipt) => readReceipt(receipt, encryption)));
  return { ...(await readKept(row, encryption)), ...(await readBodyOf(row, encryption)), receipts };
}

async function readBodyOf(row: WholeCallbackRow, encryption: Encryption) {
  const key = await encryption.keyById(row.dataKey);
  return key ? readBody(row, key, encryption) : { masked: null };
}

/** Decrypts rows for a list. A row that is damaged or cannot be decrypted is shown as unreadable, and hides no other row. */
export async function showKept(
  rows: readonly (CallbackRow | DamagedCallback)[],
  encryption: Encryption,
): Promise<KeptCallback[]> {
  const shown: KeptCallback[] = [];
  for (const row of rows) {
    shown.push(await showRow(row, encryption));
    // Storing a callback must not wait for a long list.
    if (shown.length % rowsPerTurn === 0) await nextTurn();
  }
  return shown;
}

async function showRow(row: CallbackRow | DamagedCallback, encryption: Encryption): Promise<KeptCallback> {
  if ('id' in row) return (await readable(readKept(row, encryption))) ?? unreadable(row);
  if (row.receipt) return showDamaged(row.receipt);
  throw new LostCallbacksError([row.sequence]);
}

/** Like `readWhole`, but what cannot be decrypted is shown as unreadable. */
export async function showWhole(row: WholeCallbackRow, encryption: Encryption): Promise<WholeCallback> {
  const kept = await readable(readKept(row, encryption));
  const body = await readable(readBodyOf(row, encryption));
  const receipts = await Promise.all(
    row.receipts.map(
      async (receipt) =>
        (await readable(readReceipt(receipt, encryption))) ?? { ...noSender, receivedAt: receipt.receivedAt },
    ),
  );
  return {
    ...(kept ?? unreadable(row)),
    ...(kept && body ? body : unreadableBody),
    receipts,
  };
}

const rowsPerTurn = 50;
const noSender = { address: null, userAgent: null };
const unreadableBody = { held: 'unreadable', masked: null } as const;

function unreadable(row: CallbackRow): KeptCallback {
  return { ...plainFields(row), held: 'unreadable', violations: [] };
}

/** Resolves to `undefined` if data cannot be decrypted. Throws any other error, because then the store has failed. */
async function readable<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof MasterKeyError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

function readDetails({ id, details }: CallbackRow, key: DataKey | undefined): Details {
  if (!key || !details) return { violations: [] };
  return JSON.parse(Buffer.from(key.decrypt(details, label(id, 'details'))).toString()) as Details;
}

function readBody(
  { id, bodyHash, body, masked, pulled }: WholeCallbackRow,
  key: DataKey,
  encryption: Encryption,
): { body?: Uint8Array; masked: unknown; pulled?: unknown } {
  if (body) {
    const received = receivedBody({ id, bodyHash, body }, key, encryption);
    const shown = { body: received, masked: maskedCopy(received) };
    if (!pulled) return shown;
    const document = parseBody(key.decrypt(pulled, label(id, 'pulled')));
    return { ...shown, pulled: redact(document, responses.pullMerchant[200]) };
  }
  return {
    masked: masked && JSON.parse(Buffer.from(key.decrypt(masked, label(id, 'masked'))).toString()),
  };
}

/** Each receipt names its own key: a repeat may arrive after its merchant was erased. */
async function readReceipt(row: ReceiptRow, encryption: Encryption): Promise<Receipt> {
  const { id, receivedAt, dataKey, sender } = row;
  const key = await encryption.keyById(dataKey);
  if (!key || !sender) return { receivedAt, ...noSender };
  const decrypted = Buffer.from(key.decrypt(sender, label(id, 'sender'))).toString();
  return { receivedAt, ...(JSON.parse(decrypted) as Sender) };
}

/** What may be shown of a body. All events have the same payload, so one classification serves them all. */
export function maskedCopy(body: Uint8Array): unknown {
  const value = parseBody(body);
  return value === undefined
    ? `[${body.byteLength} bytes that are not JSON]`
    : redact(value, webhooks.pending);
}
