import type { ClaimedDelivery, Settlement } from '../callback/delivery.ts';
import { failureKind } from '../metrics/failure-kind.ts';
import { type ConditionSources, createConditionReader } from '../notify/create-condition-reader.ts';
import { createNotifier } from '../notify/create-notifier.ts';
import { createTargets } from '../notify/create-targets.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { createReporter } from './create-reporter.ts';

const defaultIntervalMs = 300_000;

/**
 * Creates the notifications of deliveries that were given up, of the quarantine, and of conditions. Without a target,
 * nothing is read or sent.
 *
 * @throws EmailClientMissingError if notifications go by e-mail, and `nodemailer` is not installed.
 */
export async function createNotifications(
  { notify = {}, adminUrl }: CallbackServerOptions,
  { onNotification, onFault }: ReturnType<typeof createReporter>,
) {
  const notifier = createNotifier({
    targets: await createTargets(notify),
    intervalMs: notify.intervalMs ?? defaultIntervalMs,
    adminUrl,
    onAttempt: onNotification,
    onFault,
  });
  return {
    attemptEnded: ({ route, callbackId }: ClaimedDelivery, settlement: Settlement) => {
      if (settlement.state !== 'dead') return;
      const isQuarantined = failureKind(settlement.outcome) === 'quarantined';
      notifier.occurred(
        isQuarantined ? { kind: 'quarantined', callbackId } : { kind: 'dead-letter', route, callbackId },
      );
    },
    /** @param overdueMs - Milliseconds that a check may be late; `undefined` if this server checks no merchant. */
    start: (sources: ConditionSources, overdueMs: number | undefined) =>
      notifier.start(createConditionReader(sources, { maxQuietMs: notify.quietMs, overdueMs })),
    stopReading: notifier.stopReading,
    stop: notifier.stop,
  };
}
