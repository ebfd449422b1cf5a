import type { Attempted } from '../errors/partner-error.ts';

/** Holds requests and responses to the contract. `contractGuard` of `@partner-ecosystem/client/guards` makes one. */
export interface Guard {
  /**
   * Looks at an operation's input before it is sent.
   * @throws ContractError if it is not to be sent.
   */
  request(attempted: Attempted, input: unknown): void;
  /**
   * Looks at the body of a success as it arrives.
   * @throws ContractError if it is not to be handed on.
   */
  response(attempted: Attempted, body: unknown): void;
}
