import type { CallbackServerEvent } from './callback-server-event.ts';

/** A log that fails must not turn a kept callback into a 503, nor end the process. */
export function safeListener(
  tell: (event: CallbackServerEvent) => void,
): (event: CallbackServerEvent) => void {
  return (event) => {
    try {
      tell(event);
    } catch {}
  };
}

/** Messages of faults may quote what they failed on, so only the kind is told. */
export function describeError(error: unknown): { readonly name: string; readonly code?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { name: error instanceof Error ? error.name : 'unknown', ...(code && { code }) };
}
