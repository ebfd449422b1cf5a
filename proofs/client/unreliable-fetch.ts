export type Fetch = (request: Request) => Promise<Response>;

/** How an answer gets lost once the provider has done its work. */
const losses = [hangUp, cutOff, () => proxyPage(502), () => proxyPage(504)] as const;

export interface UnreliableFetch {
  readonly fetch: Fetch;
  /** How many answers were lost after the provider had given them, and how many requests never left. */
  readonly lost: () => { answers: number; requests: number };
}

/**
 * A network that loses a fifth of the provider's answers after they are given, and refuses one connection in fifty
 * before anything is sent.
 *
 * @param concerns - Which requests it is unreliable for.
 * @param gave - Is told of each answer that the provider gives, whether it is lost or not.
 */
export function unreliableFetch(
  fetch: Fetch,
  random: () => number,
  concerns: (request: Request) => boolean,
  gave: (answer: Response) => Promise<void>,
): UnreliableFetch {
  const lost = { answers: 0, requests: 0 };
  return {
    lost: () => lost,
    fetch: async (request) => {
      if (!concerns(request)) return fetch(request);
      if (random() < 0.02) {
        lost.requests += 1;
        throw fetchFailed('ECONNREFUSED');
      }
      const answer = await fetch(request);
      await gave(answer.clone());
      if (random() >= 0.2) return answer;
      lost.answers += 1;
      const lose = losses[Math.floor(random() * losses.length)] ?? hangUp;
      return lose();
    },
  };
}

/** As Node's own fetch fails. */
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
  return new Response('<html><body>The upstream server did not answer.</body></html>', { status });
}
