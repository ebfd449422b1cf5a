/**
 * Calls a listener of the user. The client ignores the listener's errors and rejections, and does not wait for the
 * listener.
 */
export async function callListener<Value>(listener: (value: Value) => unknown, value: Value): Promise<void> {
  try {
    await listener(value);
  } catch {}
}
