/** Wraps a listener so that its errors are ignored: a failing log must neither cause a 503 nor end the process. */
export function safeListener<Event>(listener: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      listener(event);
    } catch {}
  };
}

/** The name and code of an error, for events. Its message may quote personal data. */
export function describeError(error: unknown): { readonly name: string; readonly code?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { name: error instanceof Error ? error.name : 'unknown', ...(code && { code }) };
}
