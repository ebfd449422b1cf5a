import type { RouteFilter } from '../callback/route-filter.ts';
import type { RouteOptions } from './queue-route.ts';

interface ConfiguredRoutes {
  readonly forwardUrl?: string | undefined;
  readonly forwardSecret?: string | undefined;
  readonly routes?: readonly RouteOptions[] | undefined;
}

/** Every route but the handlers. The forward URL is a route too. */
export function configuredRoutes({
  forwardUrl,
  forwardSecret,
  routes = [],
}: ConfiguredRoutes): RouteOptions[] {
  if (!forwardUrl) return [...routes];
  const secrets = forwardSecret === undefined ? [] : [forwardSecret];
  return [{ name: 'forward', url: forwardUrl, secrets }, ...routes];
}

/** Which callbacks a configured route takes. */
export function filterOf({ events, realms }: RouteOptions): RouteFilter {
  return { takesEvent: (event) => events?.includes(event) ?? true, ...(realms && { realms }) };
}
