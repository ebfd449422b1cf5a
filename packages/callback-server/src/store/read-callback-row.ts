import type { CallbackEvent } from '../verdict/callback-event.ts';
import type { Verdict } from '../verdict/judge.ts';
import type { KeptCallback, WholeCallback } from './callback-store.ts';
import { maskedCopy } from './masked-copy.ts';
import type { DataKey } from './seal/data-key.ts';
import type { Vault } from './seal/vault.ts';
import type { CallbackRow, WholeCallbackRow } from './store-engine.ts';

/** What is kept beside the body, and may hold a person's data too. */
export type Details = Pick<KeptCallback, 'merchantId' | 'status' | 'violations' | 'bodySha256'>;

/** What a callback's row says, opened. Of an erased merchant there is little left. */
export async function readKept(row: CallbackRow, vault: Vault): Promise<KeptCallback> {
  return { ...readRow(row), ...readDetails(row, await vault.keyOf(row.dataKey)) };
}

export async function readWhole(row: WholeCallbackRow, vault: Vault): Promise<WholeCallback> {
  const key = await vault.keyOf(row.dataKey);
  return { ...(await readKept(row, vault)), ...(key ? readBody(row, key) : { masked: null }) };
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

/** Ties what is sealed to the callback and the place that it was sealed for. */
export function label(id: string, part: 'details' | 'body' | 'masked'): string {
  return `${part} ${id}`;
}
