import { ApiError, type Refusal } from './api-error.ts';

/** 401, also after a new login. The provider says the same of a refused token and of a call that is not permitted. */
export class AuthenticationError extends ApiError {
  override get name(): string {
    return 'AuthenticationError';
  }

  constructor(refusal: Refusal) {
    super(
      refusal,
      'Check the credentials, the realm and the flow: the token was refused, or it is not permitted.',
    );
  }
}
