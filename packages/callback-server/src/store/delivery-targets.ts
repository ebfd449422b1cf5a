import type { RouteOrder } from '../callback/route-order.ts';
import type { DeliveryTarget } from './engine/records.ts';

/** The order of each route whose order is not `strict`, by the route's name. */
export type RouteOrders = ReadonlyMap<string, RouteOrder>;

/**
 * The deliveries of a callback. A route with the order `none` has a line for each callback, any other route a line for each
 * merchant.
 *
 * @param id - The callback's id.
 * @param orderKey - Equal for the callbacks of one merchant.
 */
export function targetsOf(
  routes: readonly string[],
  id: string,
  orderKey: string,
  orders: RouteOrders,
): DeliveryTarget[] {
  return routes.map((route) => ({ route, orderKey: orders.get(route) === 'none' ? id : orderKey }));
}
