/** A redelivery names a route that this server does not have. */
export class UnknownRouteError extends Error {
  override readonly name = 'UnknownRouteError';

  /** @param known - The names of the routes that this server has. */
  constructor(route: string, known: readonly string[]) {
    super(`This server has no route "${route}". Its routes: ${known.join(', ') || 'none'}.`);
  }
}
