import type { WholeCallback } from '../callback/kept-callback.ts';
import type { StoreUpkeep } from '../store/store-maintenance.ts';

export interface ExportOptions {
  /** Who asks, for the audit. */
  readonly actor: string;
  /** Only the callbacks of one merchant. */
  readonly merchantId?: string;
  /**
   * `masked` by the contract's classification, or the `exact` bytes, in base64. They hold people's data.
   * @default 'masked'
   */
  readonly bodies?: 'masked' | 'exact';
}

/** Every callback as a line of JSON, the oldest first. That it was asked for is kept in the audit, before the first. */
export async function* exportCallbacks(upkeep: StoreUpkeep, options: ExportOptions): AsyncGenerator<string> {
  const { actor, merchantId, bodies = 'masked' } = options;
  const merchant = merchantId === undefined ? 'all' : upkeep.nameOf(merchantId);
  await upkeep.audit({ at: new Date(), actor, action: 'export', details: { bodies, merchant } });
  for await (const callback of upkeep.callbacks())
    if (merchantId === undefined || callback.merchantId === merchantId) yield toLine(callback, bodies);
}

function toLine({ body, masked, ...callback }: WholeCallback, bodies: 'masked' | 'exact'): string {
  const exact = body && { bodyBase64: Buffer.from(body).toString('base64') };
  return `${JSON.stringify({ ...callback, ...(bodies === 'exact' ? exact : { body: masked }) })}\n`;
}
