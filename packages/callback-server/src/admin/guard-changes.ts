import type { MiddlewareHandler } from 'hono';

/** Refuses changes if no token is set: anybody on this machine could make them. */
export function guardChanges(tokens: readonly string[]): MiddlewareHandler {
  return async (context, next) =>
    tokens.length > 0
      ? next()
      : context.json({ error: 'Set ADMIN_TOKENS to allow changes to stored callbacks.' }, 403);
}
