import type { BackOfficeDecision } from './back-office/moves.ts';
import type { Attempt } from './callbacks/queued-callback.ts';
import type { State } from './state.ts';

/** What can be asked of the sandbox. */
export type Command =
  | { readonly kind: 'request'; readonly request: ApiRequest }
  | {
      readonly kind: 'decide';
      readonly merchantId: string;
      readonly decision: BackOfficeDecision;
      readonly details: DecisionDetails;
    }
  | { readonly kind: 'record-attempt'; readonly callbackId: string; readonly attempt: Attempt };

/** A request to the provider, read as far as the operation allows, as plain data. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly authorization?: string;
  /** Scheme, host and port that the request came to; stored files get their addresses from it. */
  readonly origin: string;
  readonly body: RequestBody;
}

/** What was found in the place of a body. A form's file stands in `value` as a data URL. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'malformed'; readonly problem: string }
  | { readonly kind: 'unsupported'; readonly mediaType: string }
  | { readonly kind: 'tooLarge' };

/** What an auditor adds to a decision. */
export interface DecisionDetails {
  /**
   * User name of the auditor.
   * @default 'example-auditor'
   */
  readonly actionBy?: string;
  /** Why it was decided so. */
  readonly reason?: string;
  /** What the merchant is to mend. */
  readonly instructions?: string;
}

/** What follows from a command: the next state, the response, and what the world outside has to do. */
export interface Step {
  readonly state: State;
  readonly response: StepResponse;
  readonly effects: readonly Effect[];
}

/** A JSON body, or a stored file's content. */
export type StepResponse =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: 200; readonly file: { readonly base64: string; readonly mediaType: string } };

/** Something to do outside, as data. */
export interface Effect {
  readonly kind: 'deliver-callback';
  readonly callbackId: string;
}
