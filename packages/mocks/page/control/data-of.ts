/** The control API refused a request. The message can be shown to a person. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Result<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** Returns the data of a response, or throws an error whose message can be shown to a person. */
export async function dataOf<Data>(call: Promise<Result<Data>>): Promise<Data> {
  return dataIn(await call);
}

/** Returns the data of a response that has arrived, or throws the same error. */
export function dataIn<Data>({ data, error, response }: Result<Data>): Data {
  if (response.ok) return data as Data; // Nothing reads the data of a 204, which has no body.
  const { detail } = Object(error) as { readonly detail?: unknown };
  const message = typeof detail === 'string' ? detail : `The control API responded with ${response.status}.`;
  throw new ControlError(response.status, message);
}

/** The control token does not belong to the running sandbox. A new start usually has a new token. */
export function isInvalidToken(error: unknown): boolean {
  return error instanceof ControlError && error.status === 401;
}
