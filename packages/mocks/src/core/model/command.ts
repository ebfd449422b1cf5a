import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { Target } from '../contract/route.ts';
import type { Basis } from './behaviours.ts';
import type { BackOfficeDecision, Transition } from './case-status.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { Fault, FaultSpec } from './fault.ts';
import type { Attempt } from './queued-callback.ts';
import type { State } from './state.ts';
import type { Transmission, Transport } from './transmission.ts';

/** What the sandbox can be asked to do. */
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
  /** Removes every fault if there is no id. */
  | { readonly kind: 'remove-fault'; readonly faultId?: string };

/** A request to the provider as plain data. Its body is parsed as far as the operation allows. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** The result of `route(method, path)`. */
  readonly target: Target;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly authorization?: string;
  /** All headers, by their names in lower case. */
  readonly headers?: RequestHeaders;
  /** Scheme, host and port that received the request. The addresses of stored files begin with it. */
  readonly origin: string;
  readonly body: RequestBody;
  readonly transport: Transport;
}

/** A header that came several times has several values. */
export interface RequestHeaders {
  readonly [name: string]: string | readonly string[] | undefined;
}

/** Returns the value of a header, or `undefined` if the header is missing or repeated. */
export function headerOf({ headers }: ApiRequest, name: string): string | undefined {
  const value = headers?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** The body of a request. `value` holds the file of a form as a data URL. `bytes` is the size of the body as it was sent. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: unknown; readonly bytes?: number }
  | { readonly kind: 'malformed'; readonly problem: string }
  /** `coding` names an unknown charset or compression, and lists the known codings. */
  | {
      readonly kind: 'unsupported';
      readonly mediaType: string;
      readonly coding?: { readonly unknown: string; readonly known: string };
    }
  | { readonly kind: 'tooLarge' };

/** What an auditor adds to a decision. */
export interface DecisionDetails {
  /**
   * User name of the auditor.
   * @default 'example-auditor'
   */
  readonly actionBy?: string;
  /** The reason for the decision. */
  readonly reason?: string;
  /** What the merchant must correct. */
  readonly instructions?: string;
}

/** What a command changes. */
export interface Change {
  /** @default the state before the command */
  readonly state?: State;
  readonly effects?: readonly Effect[];
}

/** The result of a command: the next state, the response, and the effects on the outside world. */
export interface Step extends Required<Change> {
  readonly response: StepResponse;
}

/** A JSON body or the content of a stored file, with facts about the response. */
export type StepResponse =
  | (ResponseMeta & { readonly status: number; readonly body: unknown })
  | (ResponseMeta & {
      readonly status: 200;
      readonly file: { readonly base64: string; readonly mediaType: string };
    });

export const answeredByWords = ['fault', 'override', 'machine'] as const;

/** Which part of the sandbox produced a response. */
export type AnsweredBy = (typeof answeredByWords)[number];

interface ResponseMeta {
  /** @default 'machine' */
  readonly answeredBy?: AnsweredBy;
  /**
   * The evidence for this response.
   * @default what the contract says about the operation
   */
  readonly basis?: Basis;
  /** The faults that struck. */
  readonly faults?: readonly Fault[];
  /** How the request violates the contract; the pointers are into `{ body, query, path, headers }`. */
  readonly violations?: readonly Violation[];
  /** Differences of the request from what the contract expects. Signzy does not forbid them. */
  readonly warnings?: readonly Violation[];
  /** How a fault changes the transmission of the response. */
  readonly transmission?: Transmission;
}

/** Something that happened in the sandbox, or work for the outside world, as data. */
export type Effect =
  /** A callback waits for an attempt, at once or later. */
  | { readonly kind: 'deliver-callback'; readonly callbackId: string }
  /** A decision was scheduled. */
  | { readonly kind: 'scheduled-decision'; readonly scheduledDecisionId: string }
  /** A case has moved. */
  | ({ readonly kind: 'move'; readonly merchantId: string; readonly by: Mover } & Transition);

/** Who moved a case. */
export type Mover = 'partner' | 'back-office' | 'policy' | 'fault';
