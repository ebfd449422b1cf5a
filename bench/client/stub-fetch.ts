/** A network without a network: every request is answered at once, a login with a token. */
export const stubFetch = async (): Promise<Response> =>
  new Response('{"id":"example"}', { headers: { 'Content-Type': 'application/json' } });
