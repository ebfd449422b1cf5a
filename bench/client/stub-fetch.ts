/**
 * Puts a network without a network in the place of the global `fetch`: every request is answered at once, a login with
 * a token. All clients use the global one where they are told nothing else, and some look it up when they are made.
 */
export function stubFetch(): Disposable {
  const { fetch } = globalThis;
  globalThis.fetch = async () =>
    new Response('{"id":"example"}', { headers: { 'Content-Type': 'application/json' } });
  return {
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
    },
  };
}
