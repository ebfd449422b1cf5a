import type { CallbackEvent } from '../callback/callback-event.ts';
import type { KeptCallback, Receipt, WholeCallback } from '../callback/kept-callback.ts';
import type { Sender } from '../callback/sender.ts';
import type { Verdict } from '../callback/validate-callback.ts';
import type { DataKey } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { CallbackRow, ReceiptRow, WholeCallbackRow } from './engine/rows.ts';
import { maskedCopy } from './masked-copy.ts';

/** What is kept beside the body, and may hold a person's data too. */
export type Details = Pick<KeptCallback, 'merchantId' | 'status' | 'violations' | 'bodySha256'>;

/** What a callback's row says, opened. Of an erased merchant there is little left. */
export async function readKept(row: CallbackRow, encryption: Encryption): Promise<KeptCallback> {
  return { ...readRow(row), ...readDetails(row, await encryption.keyById(row.dataKey)) };
}

export async function readWhole(row: WholeCallbackRow, encryption: Encryption): Promise<WholeCallback> {
  const key = await encryption.keyById(row.dataKey);
  const receipts = await Promise.all(row.receipts.map((receipt) => readReceipt(receipt, encryption)));
  return { ...(await readKept(row, encryption)), ...(key ? readBody(row, key) : { masked: null }), receipts };
}

function readRow(row: CallbackRow): Omit<KeptCallback, keyof Details> {
  const { id, event, verdict, receivedAt, seenCount, bodyBytes, deliveries, hasBody, masked } = row;
  return {
    id,
    event: event as CallbackEvent,
    verdict: verdict as Verdict,
    receivedAt,
    seenCount,
    bodyBytes,
    deliveries,
    held: hasBody ? 'body' : masked ? 'masked' : 'nothing',
  };
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
    const opened = key.decrypt(body, label(id, 'body'));
    return { body: opened, masked: maskedCopy(opened) };
  }
  return {
    masked: masked && JSON.parse(Buffer.from(key.decrypt(masked, label(id, 'masked'))).toString()),
  };
}

/** Each receipt names a key of its own: a callback may come again after its merchant was erased. */
async function readReceipt(row: ReceiptRow, encryption: Encryption): Promise<Receipt> {
  const { id, receivedAt, dataKey, sender } = row;
  const key = await encryption.keyById(dataKey);
  if (!key || !sender) return { receivedAt, address: null, userAgent: null };
  const opened = Buffer.from(key.decrypt(sender, label(id, 'sender'))).toString();
  return { receivedAt, ...(JSON.parse(opened) as Sender) };
}

/** Ties what is sealed to the callback and the place that it was sealed for. */
export function label(id: string, part: 'details' | 'body' | 'masked' | 'sender'): string {
  return `${part} ${id}`;
}
