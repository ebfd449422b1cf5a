import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import type { KeptCallback, Receipt, WholeCallback } from '../callback/kept-callback.ts';
import { parseBody } from '../callback/parse-body.ts';
import type { Sender } from '../callback/sender.ts';
import { type DataKey, UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { MasterKeyError } from './encryption/master-key-error.ts';
import type { CallbackRow, ReceiptRow, WholeCallbackRow } from './engine/read-rows.ts';

/** Encrypted beside the body, because it may contain personal data too. */
type Details = Pick<KeptCallback, 'merchantId' | 'status' | 'violations' | 'bodySha256'>;

/** Decrypts a callback's row. Little is left of an erased merchant's callback. */
async function readKept(row: CallbackRow, encryption: Encryption): Promise<KeptCallback> {
  const { hasBody, masked } = row;
  return {
    ...readPlain(row),
    held: hasBody ? 'body' : masked ? 'masked' : 'nothing',
    ...readDetails(row, await encryption.keyById(row.dataKey)),
  };
}

/** Decrypts a callback's row for a list: one that cannot be decrypted must not keep the others from being listed. */
export async function readListed(row: CallbackRow, encryption: Encryption): Promise<KeptCallback> {
  try {
    return await readKept(row, encryption);
  } catch (error) {
    return unreadable(row, error);
  }
}

/** What is stored unencrypted. */
function readPlain({ id, event, verdict, receivedAt, seenCount, bodyBytes, deliveries }: CallbackRow) {
  return { id, event, verdict, receivedAt, seenCount, bodyBytes, deliveries };
}

function unreadable(row: CallbackRow, error: unknown): KeptCallback {
  if (!(error instanceof UnreadableError) && !(error instanceof MasterKeyError)) throw error;
  return { ...readPlain(row), held: 'unreadable', violations: [] };
}

export async function readWhole(row: WholeCallbackRow, encryption: Encryption): Promise<WholeCallback> {
  const key = await encryption.keyById(row.dataKey);
  const receipts = await Promise.all(row.receipts.map((receipt) => readReceipt(receipt, encryption)));
  return { ...(await readKept(row, encryption)), ...(key ? readBody(row, key) : { masked: null }), receipts };
}

/** Like `readListed`, for an export. */
export async function readExported(row: WholeCallbackRow, encryption: Encryption): Promise<WholeCallback> {
  try {
    return await readWhole(row, encryption);
  } catch (error) {
    return { ...unreadable(row, error), masked: null, receipts: [] };
  }
}

function readDetails({ id, details }: CallbackRow, key: DataKey | undefined): Details {
  if (!key || !details) return { violations: [] };
  return JSON.parse(Buffer.from(key.decrypt(details, label(id, 'details'))).toString()) as Details;
}

function readBody(
  { id, body, masked }: WholeCallbackRow,
  key: DataKey,
): { body?: Uint8Array; masked: unknown } {
  if (body) {
    const decrypted = key.decrypt(body, label(id, 'body'));
    return { body: decrypted, masked: maskedCopy(decrypted) };
  }
  return {
    masked: masked && JSON.parse(Buffer.from(key.decrypt(masked, label(id, 'masked'))).toString()),
  };
}

/** Each receipt names its own key: a repeat may arrive after its merchant was erased. */
async function readReceipt(row: ReceiptRow, encryption: Encryption): Promise<Receipt> {
  const { id, receivedAt, dataKey, sender } = row;
  const key = await encryption.keyById(dataKey);
  if (!key || !sender) return { receivedAt, address: null, userAgent: null };
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

/** Binds encrypted data to its callback and its field: it cannot be moved to another one. */
export function label(id: string, field: 'details' | 'body' | 'masked' | 'sender'): string {
  return `${field} ${id}`;
}
