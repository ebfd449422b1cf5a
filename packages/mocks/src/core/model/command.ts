import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { Basis } from './behaviours.ts';
import type { BackOfficeDecision, Transition } from './case-status.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { Fault, FaultSpec } from './fault.ts';
import type { Attempt } from './queued-callback.ts';
import type { State } from './state.ts';
import type { Transmission } from './transmission.ts';
import type { Transport } from './transport.ts';

/** What can be asked of the sandbox. */
export type Command =
  | { readonly kind: 'request'; readonly request: ApiRequest }
  | {
      readonly kind: 'decide';
      readonly merchantId: string;
      readonly decision: BackOfficeDecision | 'reverse';
      readonly details: DecisionDetails;
    }
  | { readonly kind: 'run-scheduled-decision'; readonly scheduledDecisionId: string }
  | { readonly kind: 'record-attempt'; readonly callbackId: string; readonly attempt: Attempt }
  | { readonly kind: 'redeliver'; readonly callbackId: string }
  | { readonly kind: 'set-policy'; readonly policy: DecisionPolicy }
  | { readonly kind: 'add-fault'; readonly fault: FaultSpec }
  /** Without an id, all of them. */
  | { readonly kind: 'remove-fault'; readonly faultId?: string };

/** A request to the provider, read as far as the operation allows, as plain data. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly authorization?: string;
  /** Scheme, host and port that the request came to; stored files get their addresses from it. */
  readonly origin: string;
  readonly body: RequestBody;
  readonly transport: Transport;
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

/** A JSON body, or a stored file's content, with what is to be told of it. */
export type StepResponse =
  | (ResponseMeta & { readonly status: number; readonly body: unknown })
  | (ResponseMeta & {
      readonly status: 200;
      readonly file: { readonly base64: string; readonly mediaType: string };
    });

/** Which part of the sandbox an answer is from. */
export type AnsweredBy = 'fault' | 'override' | 'machine';

interface ResponseMeta {
  /** @default 'machine' */
  readonly answeredBy?: AnsweredBy;
  /** What it rests on; without it, on what the contract says of the operation. */
  readonly basis?: Basis;
  /** The faults that struck. */
  readonly faults?: readonly Fault[];
  /** How the request departs from the contract; the pointers are into `{ body, query, path, headers }`. */
  readonly violations?: readonly Violation[];
  /** How it travels, where a fault would have it otherwise. */
  readonly transmission?: Transmission;
}

/** Something that happened, or is to be done outside, as data. */
export type Effect =
  /** A callback can be posted. */
  | { readonly kind: 'deliver-callback'; readonly callbackId: string }
  /** A decision is to be made later. */
  | { readonly kind: 'scheduled-decision'; readonly scheduledDecisionId: string }
  /** A case has moved. */
  | ({ readonly kind: 'move'; readonly merchantId: string; readonly by: Mover } & Transition);

/** Who moved a case. */
export type Mover = 'partner' | 'back-office' | 'policy' | 'fault';
