/** Every verdict, from best to worst. */
export const verdicts = ['valid', 'drift', 'invalid', 'unparsable'] as const;

/**
 * What validation said of a callback. The verdict never decides whether the callback is stored.
 *
 * - `valid`: the callback follows the contract. It may lack optional properties that every example has.
 * - `drift`: it violates the contract, but its id and status are usable.
 * - `invalid`: its id or status is unusable, its status contradicts the event of the URL, or a property occurs twice.
 * - `unparsable`: it is not JSON.
 */
export type Verdict = (typeof verdicts)[number];
