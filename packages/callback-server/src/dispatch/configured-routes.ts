import type { RouteFilter } from '../callback/route-filter.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import type { RouteOptions } from './queue-route.ts';

interface ConfiguredRoutes {
  readonly forwardOrder?: RouteOrder | undefined;
  readonly forwardUrl?: string | undefined;
  readonly forwardSecret?: string | undefined;
  readonly routes?: readonly RouteOptions[] | undefined;
}

/** Every route but the handlers. The forward URL is a route too. */
export function configuredRoutes({
  forwardUrl,
  forwardSecret,
  forwardOrder,
  routes = [],
}: ConfiguredRoutes): RouteOptions[] {
  if (!forwardUrl) return [...routes];
  const secrets = forwardSecret === undefined ? [] : [forwardSecret];
  return [
    { name: 'forward', url: forwardUrl, secrets, ...(forwardOrder && { order: forwardOrder }) },
    ...routes,
  ];
}

/** Which callbacks a configured route takes, and in which order. */
export function filterOf({
  events,
  realms,
  order,
}: RouteOptions): RouteFilter & { readonly order?: RouteOrder } {
  return {
    takesEvent: (event) => events?.includes(event) ?? true,
    ...(realms && { realms }),
    ...(order && { order }),
  };
}
