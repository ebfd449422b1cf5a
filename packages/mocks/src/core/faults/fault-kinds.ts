import type { Behaviour } from '../model/behaviours.ts';
import type { CallbackFaultKind, RequestFaultKind } from '../model/fault.ts';
import { type Transport, transports } from '../model/transport.ts';

/** What is known of a kind of fault. */
export interface RequestFaultFacts {
  /** Whether it strikes before the operation is performed, so that nothing changes, or after it has changed things. */
  readonly commits: 'before' | 'after';
  /** The transports that can break so. */
  readonly transports: readonly Transport[];
  readonly behaviour: Behaviour;
  /** What the caller sees, in a line. */
  readonly shows: string;
}

/** Every way in which the answer to a request can break. */
export const requestFaultKinds: { readonly [Kind in RequestFaultKind]: RequestFaultFacts } = {
  status: before('asked', 'a refusal of your choice, with the body that the contract has for it'),
  'throttled-403': before('throttled403', 'too many requests, said as a 403'),
  'throttled-429': before('throttled429', 'too many requests, said as a 429 with Retry-After'),
  'proxy-page': before('proxy', 'a 502 or 504 with a page in HTML'),
  'inner-status': before('innerStatus', 'a 400 whose body says 422'),
  'token-expired': before('expiredTokenOnce', 'INVALID_TOKEN, once; the token is then unknown'),
  'token-revoked': before('authorizationRequired', 'the token is unknown from now on'),
  'never-answers': before('network', 'nothing, until the caller gives up'),
  reset: before('network', 'a connection that is reset', ['http']),
  'lost-request': before('network', 'a connection that ends without an answer'),
  'lost-response': after(
    'network',
    'a connection that ends without an answer, though the operation was performed',
  ),
  'stale-read': after('staleRead', 'the merchant as it was before its last change'),
  latency: after('network', 'the answer, late'),
  'latency-uniform': after('network', 'the answer, late by anything between two bounds'),
  'latency-long-tail': after('network', 'the answer, mostly about the median late, now and then very late'),
  'slow-drip': after('network', 'the answer, a few bytes at a time', ['http']),
  'cut-body': after('network', 'an answer whose connection ends in the middle of the body', ['http']),
  'truncated-json': after('network', 'a whole answer with half of its JSON'),
  'malformed-json': after('network', 'JSON with a comma too many, as in the published samples'),
  'wrong-content-type': after('network', 'the JSON, called text/html'),
  'empty-body': after('network', 'the status, and no body'),
  'no-content-with-body': after('bodyOf204', 'a 204 that has a body all the same', ['http']),
  'drift-unknown-word': after('drift', 'a word that the contract does not know'),
  'drift-extra-member': after('drift', 'a member that the contract does not know'),
  'drift-missing-optional': after('drift', 'an optional member less'),
  'drift-number-as-string': after('drift', 'a number in quotes'),
  'drift-null': after('drift', 'null for an optional member'),
};

/** Every way in which a callback can break, and what the receiver sees. */
export const callbackFaultKinds: { readonly [Kind in CallbackFaultKind]: string } = {
  drop: 'nothing, ever',
  delay: 'the callback, later',
  duplicate: 'the callback, and it again',
  reorder: "the callback, after the merchant's next one",
  'contradict-later': 'the callback, and later one that says the opposite',
  'wrong-body': 'a body that is no JSON, or nested as in a pull, or empty',
  redirected: 'a GET without a body',
  oversized: 'a body with megabytes of padding',
  'drift-unknown-word': 'a word that the contract does not know',
  'drift-extra-member': 'a member that the contract does not know',
  'drift-missing-optional': 'an optional member less',
  'drift-number-as-string': 'a number in quotes',
  'drift-null': 'null for an optional member',
};

function before(
  behaviour: Behaviour,
  shows: string,
  on: readonly Transport[] = transports,
): RequestFaultFacts {
  return { commits: 'before', transports: on, behaviour, shows };
}

function after(
  behaviour: Behaviour,
  shows: string,
  on: readonly Transport[] = transports,
): RequestFaultFacts {
  return { commits: 'after', transports: on, behaviour, shows };
}
