/** Ways in which a response gets lost after the provider has done its work. */
const losses = [hangUp, cutOff, () => proxyPage(502), () => proxyPage(504)] as const;

/**
 * Simulates a network that loses a fifth of the provider's responses, and refuses one connection in fifty before anything
 * is sent.
 *
 * @param isAffected - Selects the requests for which the network is unreliable.
 * @param onResponse - Called with each response of the provider, even if it is then lost.
 */
export function createUnreliableFetch(
  fetch: (request: Request) => Promise<Response>,
  random: () => number,
  isAffected: (request: Request) => boolean,
  onResponse: (response: Response) => Promise<void>,
) {
  /** Counts the responses that were lost, and the requests that were never sent. */
  const lost = { responses: 0, requests: 0 };
  return {
    lost,
    fetch: async (request: Request) => {
      if (!isAffected(request)) return fetch(request);
      if (random() < 0.02) {
        lost.requests += 1;
        throw fetchFailed('ECONNREFUSED');
      }
      const response = await fetch(request);
      await onResponse(response.clone());
      if (random() >= 0.2) return response;
      lost.responses += 1;
      return (losses[Math.floor(random() * losses.length)] ?? hangUp)();
    },
  };
}

/** Creates the error of Node's own `fetch`. */
function fetchFailed(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function hangUp(): never {
  throw fetchFailed('ECONNRESET');
}

function cutOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'));
      controller.error(fetchFailed('UND_ERR_SOCKET'));
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
}

function proxyPage(status: number): Response {
  return new Response('<html><body>The upstream server did not respond.</body></html>', { status });
}
