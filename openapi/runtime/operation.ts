/** What a client needs to send a request of an operation. */
export interface RequestLine<ServerName extends string = string> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path, with `{name}` for each path parameter. */
  readonly path: string;
  readonly server: ServerName;
  /** Names of the accepted security schemes. Any of them is enough; empty if the operation needs no credentials. */
  readonly security: readonly string[];
  /** Parameters of the query that a client sends even if its caller does not give them. */
  readonly query?: Readonly<Record<string, string>>;
  /** Media type of the request body. `undefined` for an operation without a body. */
  readonly requestType?: string;
  /**
   * Properties that every success has, according to a page of Signzy. Empty if no page documents any. Only `requestLines`
   * has this list, and only if a success is documented or observed as an object.
   */
  readonly result?: readonly string[];
}

/** What the contract says about an operation, in one type for all operations. */
export interface Operation<OperationId extends string = string, ServerName extends string = string>
  extends RequestLine<ServerName> {
  readonly operationId: OperationId;
  readonly success: readonly number[];
  /** Statuses of the documented errors, each with the error codes that its body may contain. */
  readonly errors: { readonly [status: string]: readonly string[] };
  /** For each error status that a correction replaced, the status that the provider sends instead. */
  readonly replaced?: { readonly [status: string]: number };
}
