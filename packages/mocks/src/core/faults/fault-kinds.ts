import type { Behaviour } from '../model/behaviours.ts';
import { type CallbackFaultKind, type DriftKind, driftKinds, type RequestFaultKind } from '../model/fault.ts';
import { type Transport, transports } from '../model/transmission.ts';

/** The properties of a kind of request fault. */
export interface RequestFaultFacts {
  /** `before`: the operation is not performed, and nothing changes. `after`: the operation was performed. */
  readonly commits: 'before' | 'after';
  /** The transports that can express the fault. */
  readonly transports: readonly Transport[];
  readonly behaviour: Behaviour;
  /** The effect that the caller sees, in one line. */
  readonly shows: string;
}

const before = factsOf('before');
const after = factsOf('after');
const driftFacts = Object.fromEntries(
  Object.entries(driftKinds).map(([kind, shows]) => [kind, after('drift', shows)]),
) as { readonly [Kind in DriftKind]: RequestFaultFacts }; // `Object.fromEntries` forgets the keys.

/** All kinds of faults of responses. */
export const requestFaultKinds: { readonly [Kind in RequestFaultKind]: RequestFaultFacts } = {
  status: before('requested', 'an error status of your choice, with the contract’s body for it'),
  'throttled-403': before('throttled403', 'a 403 for too many requests'),
  'throttled-429': before('throttled429', 'a 429 for too many requests, with Retry-After'),
  'proxy-page': before('proxy', 'a 502 or 504 with an HTML page'),
  'inner-status': before('innerStatus', 'a 400 whose body says 422'),
  'token-expired': before('expiredTokenOnce', 'INVALID_TOKEN once; the token is unknown afterwards'),
  'token-revoked': before(
    'authorizationRequired',
    'AUTHORIZATION_REQUIRED, because the token is unknown from now on',
  ),
  'never-answers': before('network', 'no response until the caller gives up'),
  reset: before('network', 'a connection reset', ['http']),
  'lost-request': before('network', 'a connection that closes without a response'),
  'lost-response': after(
    'network',
    'a connection that closes without a response, although the operation was performed',
  ),
  'stale-read': after('staleRead', 'the merchant before its last change'),
  latency: after('network', 'a late response'),
  'latency-uniform': after('network', 'a late response, with a delay between two bounds'),
  'latency-long-tail': after(
    'network',
    'a late response, with a delay near the median and a few very long delays',
  ),
  'slow-drip': after('network', 'the response, a few bytes at a time', ['http']),
  'cut-body': after('network', 'a connection that closes in the middle of the body', ['http']),
  'truncated-json': after('network', 'a complete response with half of its JSON'),
  'malformed-json': after('network', 'JSON with an extra comma, as in the published samples'),
  'wrong-content-type': after('network', 'the JSON with the content type text/html'),
  'empty-body': after('network', 'the status without a body'),
  'no-content-with-body': after('bodyOf204', 'a 204 with a body', ['http']),
  ...driftFacts,
};

/** All kinds of faults of callbacks, with the effect that the receiver sees. */
export const callbackFaultKinds: { readonly [Kind in CallbackFaultKind]: string } = {
  drop: 'no callback',
  delay: 'the callback, after a delay',
  duplicate: 'the callback several times',
  reorder: "the callback after the merchant's next callback",
  'contradict-later': 'the callback, and later a callback with the opposite decision',
  'wrong-body': 'a body that is not JSON, is empty, or is nested as in a pull',
  redirected: 'a GET without a body',
  oversized: 'a body with megabytes of padding',
  ...driftKinds,
};

function factsOf(commits: RequestFaultFacts['commits']) {
  return (behaviour: Behaviour, shows: string, able: readonly Transport[] = transports) => {
    return { commits, transports: able, behaviour, shows };
  };
}
