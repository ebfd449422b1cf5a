import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Confirmation } from '../callback/confirmation.ts';
import type { ClaimedDelivery, Settlement } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { NotificationTarget } from '../notify/notification-target.ts';
import type { KeptReceipt } from '../receiver/receiver-options.ts';
import type { Refusal } from '../receiver/refusal.ts';
import type { StoreNotice } from '../store/engine/store-options.ts';
import type { CallbackServerEvent } from './callback-server-event.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import type { ClosedConnection } from './connections.ts';

/** The exit code for an input or output error, as sysexits.h defines it. */
export const fatalExitCode = 74;

export function createReporter(options: CallbackServerOptions, metrics: Metrics) {
  let failedEvents = 0;
  const emit = createEmit(options, () => {
    failedEvents += 1;
  });
  const onFatal = options.onFatal ?? (() => process.exit(fatalExitCode));
  return {
    /** Number of events that the log did not take. */
    droppedLogLines: () => failedEvents + (options.droppedLogLines?.() ?? 0),
    onKept: (callback: IncomingCallback, { id, isNew, seconds }: KeptReceipt) => {
      const { event, verdict } = callback;
      metrics.kept(callback, isNew, seconds);
      emit({ type: 'kept', callbackId: id, event, verdict, isNew });
    },
    onRefused: (refusal: { readonly reasons: readonly Refusal[]; readonly status: number }) => {
      metrics.refused(refusal.reasons);
      emit({ type: 'refused', ...refusal });
    },
    onAttempt: (claim: ClaimedDelivery, settlement: Settlement, seconds?: number) => {
      const { callbackId, route, attempt } = claim;
      metrics.attemptEnded(claim, settlement, seconds);
      emit({ type: 'attempt', callbackId, route, attempt, ...settlement });
    },
    onConfirmed: ({ callbackId }: ClaimedDelivery, { state }: Confirmation) => {
      if (!state) return;
      metrics.confirmed(state);
      emit({ type: 'confirmation', callbackId, state });
    },
    onRecovered: (callbackId: string, event: CallbackEvent) => {
      metrics.recovered(event);
      emit({ type: 'recovered', callbackId, event });
    },
    onPull: metrics.pulled,
    onTooMany: (closed: ClosedConnection) => {
      metrics.tooManyConnections(closed);
      emit({ type: 'too-many-connections', closed });
    },
    onClockJump: (milliseconds: number) => {
      metrics.clockJumped();
      emit({ type: 'clock-jump', milliseconds });
    },
    onNotification: (target: NotificationTarget['name'], outcome: string) => {
      metrics.notified(target, outcome === 'sent');
      emit({ type: 'notification', target, outcome });
    },
    onNotice: (notice: StoreNotice) => emit({ type: 'store-notice', ...notice }),
    onFault: (error: unknown) => emit({ type: 'fault', ...describeError(error) }),
    onFatal: (error: unknown) => {
      emit({ type: 'fatal', ...describeError(error) });
      onFatal();
    },
  };
}

/** A failing log must neither cause a 503 nor end the process, even if it fails later. */
function createEmit(options: CallbackServerOptions, onFailure: () => void) {
  return (event: CallbackServerEvent): void => {
    try {
      const logged = options.onEvent?.(event);
      if (logged instanceof Promise) logged.catch(onFailure);
    } catch {
      onFailure();
    }
  };
}

/** The name and code of an error, for events. Its message may quote personal data. */
function describeError(error: unknown): { readonly name: string; readonly code?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { name: error instanceof Error ? error.name : 'unknown', ...(code && { code }) };
}
