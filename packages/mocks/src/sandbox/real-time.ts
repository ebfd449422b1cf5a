/**
 * Calls a function after a real time, also while fake timers of a test replace `setTimeout`. Returns a function that cancels
 * the call.
 */
export function afterRealTime(milliseconds: number, call: () => void): () => void {
  const signal = AbortSignal.timeout(milliseconds);
  // The signal's own timer does not keep the process alive.
  const awake = setTimeout(() => {}, milliseconds + 1000);
  const expire = () => {
    clearTimeout(awake);
    call();
  };
  signal.addEventListener('abort', expire, { once: true });
  return () => {
    clearTimeout(awake);
    signal.removeEventListener('abort', expire);
  };
}
