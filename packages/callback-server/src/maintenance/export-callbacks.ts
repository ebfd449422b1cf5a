import type { WholeCallback } from '../callback/kept-callback.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';

interface ExportOptions {
  /** Who asks, for the audit. */
  readonly actor: string;
  /** Exports only the callbacks of this merchant. @default all callbacks */
  readonly merchantId?: string;
  /**
   * `masked` exports bodies masked by the contract's classification. `exact` exports the received bytes in base64; they
   * contain personal data.
   * @default 'masked'
   */
  readonly bodies?: 'masked' | 'exact';
  /** Called for each callback that cannot be decrypted. Its line has no body. */
  readonly onUnreadable?: () => void;
  /** Called if no callback of the merchant is stored. */
  readonly onNone?: () => void;
}

/** Yields every callback as a line of JSON, oldest first. The export is audited before its first line. */
export async function* exportCallbacks(
  maintenance: StoreMaintenance,
  options: ExportOptions,
): AsyncGenerator<string> {
  const { actor, merchantId, bodies = 'masked', onUnreadable, onNone } = options;
  if (merchantId?.trim() === '')
    throw new Error('The merchant id is empty. Give the id of the merchant to export.');
  const merchant = merchantId === undefined ? 'all' : maintenance.pseudonymOf(merchantId);
  await maintenance.audit({ at: new Date(), actor, action: 'export', details: { bodies, merchant } });
  let isNone = merchantId !== undefined;
  for await (const callback of maintenance.callbacks()) {
    if (callback.held === 'unreadable') onUnreadable?.();
    if (merchantId !== undefined && callback.merchantId !== merchantId) continue;
    isNone = false;
    yield toLine(callback, bodies);
  }
  if (isNone) onNone?.();
}

function toLine({ body, masked, ...callback }: WholeCallback, bodies: 'masked' | 'exact'): string {
  const exact = body && { bodyBase64: Buffer.from(body).toString('base64') };
  return `${JSON.stringify({ ...callback, ...(bodies === 'exact' ? exact : { body: masked }) })}\n`;
}
