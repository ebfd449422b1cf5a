import { responses } from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { canaries } from './canaries.ts';
import { fileBytes } from './file-bytes.ts';

/** A request as it arrived. */
export interface Arrival {
  readonly operationId: OperationId;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** `'nothing'` leaves the caller waiting; `'a broken connection'` ends it without an answer. */
export type Answer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'nothing'
  | 'a broken connection';

/** What a provider answers to some operations; to the others it gives the contract's example of success. */
export type Script = { readonly [Id in OperationId]?: (arrival: Arrival) => Answer };

/** A kind of provider. It is made anew for each check, and so remembers what it was asked by that check only. */
export type Scenario = () => Script;

export type ScenarioName =
  | 'as documented'
  | 'with a revoked token'
  | 'refusing and quoting'
  | 'refusing the login'
  | 'without an answer'
  | 'losing answers'
  | 'answering with a proxy’s page'
  | 'answering with nothing'
  | 'moved elsewhere'
  | 'busy for a moment'
  | 'busy for a long time'
  | 'at odds with the contract';

/** The providers that the checks meet. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'as documented': () => ({ uploadFile: ({ body }) => storedOr400(body) }),

  'with a revoked token': () => {
    let logins = 0;
    return {
      loginPartner: () => ({ body: { id: `token-${++logins}` } }),
      pullMerchant: ({ token }) => (token === 'token-1' ? refusal(401) : success('pullMerchant')),
      createMerchant: ({ token }) => (token === 'token-1' ? refusal(401) : success('createMerchant')),
    };
  },

  'refusing and quoting': () => ({ createMerchant: ({ body }) => refusal(422, body) }),
  'refusing the login': () => ({ loginPartner: () => refusal(401) }),
  'without an answer': () => ({ pullMerchant: () => 'nothing' }),
  'losing answers': () => ({ createMerchant: () => 'a broken connection' }),
  'answering with a proxy’s page': () => ({ pullMerchant: () => ({ body: `<html>${canaries.person}` }) }),
  'answering with nothing': () => ({ pullMerchant: () => ({ status: 204 }) }),
  'moved elsewhere': () => ({
    createMerchant: () => ({ status: 307, headers: { Location: '/elsewhere' }, body: {} }),
  }),

  'busy for a moment': () => {
    let calls = 0;
    return {
      pullMerchant: () =>
        ++calls === 1 ? { ...refusal(503), headers: { 'Retry-After': '1' } } : success('pullMerchant'),
    };
  },
  'busy for a long time': () => ({
    pullMerchant: () => ({ ...refusal(503), headers: { 'Retry-After': '20' } }),
  }),

  'at odds with the contract': () => ({ createMerchant: () => ({ body: { id: { not: canaries.person } } }) }),
};

/** The contract's first example of a success. */
export function success(operationId: OperationId): { body: unknown } {
  return { body: Object.values(responses[operationId][200])[0] };
}

function refusal(status: number, quoted?: unknown): { status: number; body: unknown } {
  const details = { context: quoted, codes: { name: ['presence'] }, messages: { name: [quoted] } };
  return { status, body: { error: { statusCode: status, message: JSON.stringify(quoted), details } } };
}

function storedOr400(body: unknown): Answer {
  const whole = body instanceof Uint8Array && fileBytes.every((byte, at) => body[at] === byte);
  return whole && body.length === fileBytes.length ? success('uploadFile') : refusal(400);
}
