import type { CallbackEvent } from '../callback/callback-event.ts';
import type { KeptCallback, Receipt, WholeCallback } from '../callback/kept-callback.ts';
import type { Sender } from '../callback/sender.ts';
import type { Verdict } from '../callback/validate-callback.ts';
import type { DataKey } from './encryption/data-key.ts';
import type { Vault } from './encryption/encryption.ts';
import type { CallbackRow, ReceiptRow, WholeCallbackRow } from './engine/rows.ts';
import { maskedCopy } from './masked-copy.ts';

/** What is kept beside the body, and may hold a person's data too. */
export type Details = Pick<KeptCallback, 'merchantId' | 'status' | 'violations' | 'bodySha256'>;

/** What a callback's row says, opened. Of an erased merchant there is little left. */
export async function readKept(row: CallbackRow, vault: Vault): Promise<KeptCallback> {
  return { ...readRow(row), ...readDetails(row, await vault.keyOf(row.dataKey)) };
}

export async function readWhole(row: WholeCallbackRow, vault: Vault): Promise<WholeCallback> {
  const key = await vault.keyOf(row.dataKey);
  const receipts = await Promise.all(row.receipts.map((receipt) => readReceipt(receipt, vault)));
  return { ...(await readKept(row, vault)), ...(key ? readBody(row, key) : { masked: null }), receipts };
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
  return JSON.parse(Buffer.from(key.open(details, label(id, 'details'))).toString()) as Details;
}

function readBody(
  { id, body, masked }: WholeCallbackRow,
  key: DataKey,
): { body?: Uint8Array; masked: unknown } {
  if (body) {
    const opened = key.open(body, label(id, 'body'));
    return { body: opened, masked: maskedCopy(opened) };
  }
  return {
    masked: masked && JSON.parse(Buffer.from(key.open(masked, label(id, 'masked'))).toString()),
  };
}

/** Each receipt names a key of its own: a callback may come again after its merchant was erased. */
async function readReceipt(row: ReceiptRow, vault: Vault): Promise<Receipt> {
  const { id, receivedAt, dataKey, sender } = row;
  const key = await vault.keyOf(dataKey);
  if (!key || !sender) return { receivedAt, address: null, userAgent: null };
  const opened = Buffer.from(key.open(sender, label(id, 'sender'))).toString();
  return { receivedAt, ...(JSON.parse(opened) as Sender) };
}

/** Ties what is sealed to the callback and the place that it was sealed for. */
export function label(id: string, part: 'details' | 'body' | 'masked' | 'sender'): string {
  return `${part} ${id}`;
}
