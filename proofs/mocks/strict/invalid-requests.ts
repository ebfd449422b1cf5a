import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import type { ApiRequest, RequestParts } from '../api/api-request.ts';
import { breakSchema } from './break-schema.ts';
import type { Session } from './session.ts';

/** A request with one mistake. */
interface InvalidRequest {
  readonly request: ApiRequest;
  /** The place that the refusal must name. */
  readonly pointer: string;
  readonly rule: string;
}

/** The operations with a JSON body. */
export const jsonOperations: readonly OperationId[] = Object.keys(requests).filter(
  (id): id is OperationId => id !== 'uploadFile',
);

const mediaTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'json',
  'application/json-seq',
];
const malformedJson = [
  ...['', '{', '{"a":}', '[1,', 'null', '7', '"text"', '{"a":1,}'],
  ...['\u{feff}\u{feff}{}', '{"a":NaN}'],
];

/** Breaks each rule of each body, parameter and header, one rule at a time. */
export function invalidRequests(session: Session): InvalidRequest[] {
  return [...invalidBodies(session), ...invalidParameters(session), ...invalidHeaders(session)];
}

function invalidBodies({ builder, partner }: Session): InvalidRequest[] {
  return jsonOperations.flatMap((operationId) => {
    const valid = builder.body(operationId, partner, 'everything');
    return breakSchema(requests[operationId] ?? {}, valid).map(({ body, pointer, keyword }) => ({
      request: builder.request(operationId, partner, { body }),
      pointer: `/body${pointer}`,
      rule: keyword,
    }));
  });
}

function invalidParameters({ builder, partner, realm }: Session): InvalidRequest[] {
  const { merchantId } = partner;
  const ids = ['none', 'ZZZZZZZZZZZZZZZZZZZZZZZZ', `${merchantId}0`, '%20', '%zz'];
  const valid = `?realmId=${realm.id}`;
  const requestsOf = (operationId: OperationId) => (parts: RequestParts, pointer: string, rule: string) => ({
    request: builder.request(operationId, partner, parts),
    pointer,
    rule,
  });
  const [pull, spec] = [requestsOf('pullMerchant'), requestsOf('getPushMerchantSpec')];
  return [
    ...ids.flatMap((id) => [
      pull({ parameter: id }, '/path/merchantId', 'pattern'),
      spec({ parameter: id }, '/path/applicationId', 'pattern'),
      pull({ query: `?realmId=${id}` }, '/query/realmId', 'pattern'),
      spec({ query: `?flowId=${id}` }, '/query/flowId', 'pattern'),
    ]),
    pull({ query: '' }, '/query/realmId', 'required'),
    pull({ query: `${valid}&realmId=${realm.id}` }, '/query/realmId', 'type'),
    pull({ query: `${valid}&version=` }, '/query/version', 'minLength'),
    ...['yes', '1.5', 'TRUE', 'null!'].map((flag) =>
      spec({ query: `?sampleData=${flag}` }, '/query/sampleData', 'type'),
    ),
  ];
}

/** Breaks what the sandbox checks before the body: the token, the media type and the JSON syntax. */
function invalidHeaders({ builder, partner }: Session): InvalidRequest[] {
  const { token, id } = partner;
  const tokens = [undefined, 'unknown', `Bearer ${token}`, `${token} `.repeat(2), id];
  return Object.values(operations).flatMap(({ operationId, security, method }) => {
    if (operationId === 'uploadFile') return [];
    const withTokens = tokens.map((invalid) => ({
      request: builder.request(operationId, partner, { token: invalid }),
      pointer: '/headers/authorization',
      rule: 'security',
    }));
    const media = invalidMedia(builder.request(operationId, partner));
    return [...(security.length > 0 ? withTokens : []), ...(method === 'POST' ? media : [])];
  });
}

function invalidMedia(request: ApiRequest): InvalidRequest[] {
  const withTypes = mediaTypes.map((type) => ({
    request: { ...request, headers: { ...request.headers, 'content-type': type } },
    pointer: '/headers/content-type',
    rule: 'media type',
  }));
  const withJson = malformedJson.map((body) => ({
    request: { ...request, body },
    pointer: '/body',
    rule: 'JSON',
  }));
  return [...withTypes, ...withJson];
}
