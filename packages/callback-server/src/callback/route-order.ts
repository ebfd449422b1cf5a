/** In which order a route gets the callbacks of one merchant. */
export type RouteOrder =
  /** One at a time, in the order of arrival. What a newer confirmed callback has overtaken is left out. */
  | 'latest'
  /** One at a time, in the order of arrival. */
  | 'strict'
  /** In any order, several at the same time. */
  | 'none';

export const routeOrders: readonly RouteOrder[] = ['latest', 'strict', 'none'];
