import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { success } from '../../support/contract-example.ts';
import { canaries, fileBytes } from '../../support/example-input.ts';
import { type Arrival, never, type Script, type ScriptedResponse } from '../../support/scripted-provider.ts';

/** A request that a scenario received, as JSON for the checks. */
export interface RecordedRequest {
  readonly operationId: OperationId;
  readonly token: string | undefined;
  /** Parsed JSON, if the request had a JSON body. */
  readonly body: unknown;
}

export type ScenarioName =
  | 'as documented'
  | 'with a revoked token'
  | 'quoting the request in an error'
  | 'rejecting the login'
  | 'without a response'
  | 'losing responses'
  | 'misdirecting creates'
  | 'timing out creates'
  | 'with the page of a proxy'
  | 'with an empty response'
  | 'moved elsewhere'
  | 'allowing caches'
  | 'busy for a moment'
  | 'busy for a long time'
  | 'violating the contract';

/** Kinds of providers. Each visit creates a script of its own, and so a state of its own. */
export const scenarios: Readonly<Record<ScenarioName, () => Script>> = {
  'as documented': () => ({
    uploadFile: async (arrival) =>
      (await hasFileBytes(arrival)) ? success('uploadFile') : errorResponse(400),
  }),

  'with a revoked token': () => {
    let logins = 0;
    const revoked = ({ headers }: Arrival) => headers.authorization === 'token-1';
    return {
      loginPartner: () => ({ body: { id: `token-${++logins}` } }),
      pullMerchant: (arrival) => (revoked(arrival) ? errorResponse(401) : success('pullMerchant')),
      createMerchant: (arrival) => (revoked(arrival) ? errorResponse(401) : success('createMerchant')),
    };
  },

  'quoting the request in an error': () => ({ createMerchant: ({ body }) => errorResponse(422, `${body}`) }),
  'rejecting the login': () => ({ loginPartner: () => errorResponse(401) }),
  'without a response': () => ({ pullMerchant: never }),
  'losing responses': () => ({ createMerchant: () => ({ hangUp: 'before headers' }) }),
  'misdirecting creates': () => ({ createMerchant: () => errorResponse(421) }),
  'timing out creates': () => ({
    createMerchant: () => ({ ...errorResponse(408), headers: { Connection: 'close' } }),
  }),
  'with the page of a proxy': () => {
    const page = () => ({ body: `<html>${canaries.person}` });
    return { pullMerchant: page, createMerchant: page };
  },
  'with an empty response': () => ({ pullMerchant: () => ({ status: 204 }) }),
  'moved elsewhere': () => ({
    createMerchant: () => ({ status: 307, headers: { Location: '/elsewhere' }, body: {} }),
  }),
  'allowing caches': () => ({
    pullMerchant: () => ({ ...success('pullMerchant'), headers: { 'Cache-Control': 'max-age=3600' } }),
  }),

  'busy for a moment': () => {
    let calls = 0;
    return {
      pullMerchant: () =>
        ++calls === 1 ? { ...errorResponse(503), headers: { 'Retry-After': '1' } } : success('pullMerchant'),
    };
  },
  'busy for a long time': () => ({
    pullMerchant: () => ({ ...errorResponse(503), headers: { 'Retry-After': '3600' } }),
  }),

  'violating the contract': () => ({ createMerchant: () => ({ body: { id: { not: canaries.person } } }) }),
};

function errorResponse(status: number, quoted = '{}'): ScriptedResponse {
  const codes = { name: ['presence'] };
  const details = { context: JSON.parse(quoted), codes, messages: { name: [quoted] } };
  return { status, body: { error: { statusCode: status, message: quoted, details } } };
}

async function hasFileBytes({ headers, body }: Arrival): Promise<boolean> {
  const request = new Response(body, { headers: { 'Content-Type': headers['content-type'] ?? '' } });
  const file = (await request.formData()).get('file');
  return file instanceof Blob && Buffer.from(fileBytes).equals(Buffer.from(await file.arrayBuffer()));
}
