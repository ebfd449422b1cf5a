/** Calls a listener of the user's. The client ignores what it throws or rejects with, and does not wait for it. */
export async function callListener<Value>(listener: (value: Value) => unknown, value: Value): Promise<void> {
  try {
    await listener(value);
  } catch {}
}
