/** How the outcome of a failed attempt begins, and its kind. Metrics need few, fixed values. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(took longer|timeout)/, 'timeout'],
  [/^responded 4/, 'status_4xx'],
  [/^responded 5/, 'status_5xx'],
  [/^responded /, 'status_other'],
  [/^DNS /, 'dns'],
  [/^connection refused/, 'refused'],
  [/^connection reset/, 'reset'],
  [/^(host|network) /, 'unreachable'],
  [/^TLS /, 'tls'],
  [/^its transaction /, 'transaction'],
  [/^was cut off/, 'cut_off'],
  [/^its (body|row) /, 'body'],
  [/^the pull failed|^the provider has asked/, 'pull'],
  [/^(the pull |the provider does|it names no realm|it is invalid)/, 'disagrees'],
  [/^(forged or stale|could not be confirmed)/, 'quarantined'],
  [/^failed/, 'error'],
];

const other = 'other';

/** Every kind of failure. */
export const failureKinds: readonly string[] = [...kinds.map(([, kind]) => kind), other];

/** The kind of failure that an outcome describes. */
export function failureKind(outcome: string): string {
  return kinds.find(([pattern]) => pattern.test(outcome))?.[1] ?? other;
}
