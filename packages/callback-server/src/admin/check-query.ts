import type { MiddlewareHandler } from 'hono';
import { isWellEncoded } from '../access/own-url.ts';

/** Says what is wrong with the value of a parameter; `undefined` if it is acceptable. */
export type CheckParameter = (value: string) => string | undefined;

/**
 * Refuses requests with unknown parameters, repeated parameters and wrong values, and names the parameter. An ignored
 * parameter would show the wrong callbacks.
 */
export function checkQuery(parameters: Readonly<Record<string, CheckParameter>>): MiddlewareHandler {
  const known = Object.keys(parameters).join(', ') || 'none';
  return async (context, next) => {
    for (const [name, values] of Object.entries(context.req.queries())) {
      const check = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (!check)
        return context.json({ error: `${name} is no parameter of this request. Known: ${known}.` }, 400);
      const problem = values.length > 1 ? 'must be given once.' : check(values[0] ?? '');
      if (problem) return context.json({ error: `${name} ${problem}` }, 400);
    }
    return next();
  };
}

/** Refuses a URL whose percent-encoding is malformed. */
export const refuseMalformedUrl: MiddlewareHandler = async (context, next) =>
  isWellEncoded(context.req.url)
    ? next()
    : context.json({ error: 'The percent-encoding of the URL is malformed.' }, 400);

export function oneOf(words: readonly string[]): CheckParameter {
  return (value) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}.`);
}

export function matching(pattern: RegExp, problem: string): CheckParameter {
  return (value) => (pattern.test(value) ? undefined : problem);
}
