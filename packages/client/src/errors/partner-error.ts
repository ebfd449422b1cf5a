import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** Identifies a call in errors. */
export interface CallInfo {
  readonly operationId: OperationId;
  /** Number of attempts. An attempt counts even if the login before it failed. */
  readonly attempts: number;
}

/** Marks the errors of this client, in every JavaScript realm and in every copy of this package. */
const family = Symbol.for('PartnerError');

/**
 * Base class of every failure between a call and the provider's response. Test for it with `instanceof`, or with
 * {@link isPartnerError} if your program may hold several copies of this package, as test runners do.
 *
 * Other errors are thrown as they are: mistakes in options or input (`TypeError`, `RangeError`), and errors of your own
 * functions, such as `credentials`.
 *
 * No enumerable property, message, stack or inspection holds a token, a password, a URL, or content of the request or
 * the response. For that reason these errors have no `cause`.
 */
export abstract class PartnerError extends Error {
  // Each subclass has `static name`, because a minifier changes the name of a class, but not a string. A getter on the
  // prototype, unlike a field, adds no property to logged or serialised errors. The constructor sets all properties,
  // so that `declare` keeps a second list of the properties out of the bundle.
  override get name(): string {
    return this.constructor.name;
  }

  get [family](): true {
    return true;
  }

  /** The operation that failed, or `loginPartner` if the login before the operation failed. */
  declare readonly operationId: OperationId;
  /** Number of attempts that were made. */
  declare readonly attempts: number;

  constructor({ operationId, attempts }: CallInfo, message: string, properties?: object) {
    super(`${operationId} ${message}`);
    Object.assign(this, { operationId, attempts, ...properties });
  }
}

/**
 * Whether a value is an error of this client, of any JavaScript realm and of any copy of this package. `error.name` then
 * names the class of the error: `instanceof` knows only the classes of its own copy.
 *
 * @example
 * ```ts
 * if (isPartnerError(error) && error.name === 'NotFoundError') return undefined;
 * ```
 */
export function isPartnerError(value: unknown): value is PartnerError {
  try {
    return (Object(value) as { readonly [family]?: unknown })[family] === true;
  } catch {
    // Reading a property of a `Proxy` can throw.
    return false;
  }
}
