import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import { type ApiRequest, apiRequest, type RequestParts } from '../api/api-request.ts';
import type { InvalidRequest } from './invalid-request.ts';
import type { Session } from './session.ts';

const mediaTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'json',
  'application/json-seq',
];
const malformedJson = [
  '',
  '{',
  '{"a":}',
  '[1,',
  'null',
  '7',
  '"text"',
  '{"a":1,}',
  '\u{feff}\u{feff}{}',
  '{"a":NaN}',
];

/** Breaks what the sandbox checks before the body: the token, the media type and the JSON syntax. */
export function invalidHeaders(session: Session): InvalidRequest[] {
  return Object.values(operations).flatMap(({ operationId, security, method }) => {
    if (operationId === 'uploadFile') return [];
    const parts = {
      ...parametersOf(session, operationId),
      ...(method === 'POST' && { body: session.bodyOf(operationId, 'headers') }),
    };
    return [
      ...(security.length > 0 ? invalidTokens(session, operationId, parts) : []),
      ...(method === 'POST' ? invalidMedia(session.request(operationId, parts)) : []),
    ];
  });
}

function parametersOf({ merchantId, realm }: Session, operationId: OperationId): RequestParts {
  if (operationId === 'pullMerchant') return { parameter: merchantId, query: `?realmId=${realm.id}` };
  return operationId === 'getPushMerchantSpec' ? { parameter: realm.id } : {};
}

function invalidTokens(
  { partner }: Session,
  operationId: OperationId,
  parts: RequestParts,
): InvalidRequest[] {
  const tokens = [undefined, 'unknown', `Bearer ${partner.token}`, `${partner.token} `.repeat(2), partner.id];
  return tokens.map((token) => ({
    request: apiRequest(operationId, { ...parts, token }),
    pointer: '/headers/authorization',
    rule: 'security',
  }));
}

function invalidMedia(request: ApiRequest): InvalidRequest[] {
  return [
    ...mediaTypes.map((type) => ({
      request: { ...request, headers: { ...request.headers, 'content-type': type } },
      pointer: '/headers/content-type',
      rule: 'media type',
    })),
    ...malformedJson.map((body) => ({ request: { ...request, body }, pointer: '/body', rule: 'JSON' })),
  ];
}
