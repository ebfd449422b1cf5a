/** A route cannot work as it is configured. The message contains no secret. */
export class RouteOptionsError extends Error {
  override readonly name = 'RouteOptionsError';
}
