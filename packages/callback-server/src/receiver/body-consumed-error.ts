/** Another part of the app has read the body of a callback, so that its exact bytes are gone. */
export class BodyConsumedError extends Error {
  override readonly name = 'BodyConsumedError';

  constructor() {
    super(
      'The body was read before the receiver got the request. Mount the receiver before any body parser.',
    );
  }
}
