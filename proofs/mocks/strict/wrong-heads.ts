import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Provider } from './provider.ts';
import type { Wrong } from './wrong.ts';

/** What is wrong before a body is looked at: no token, no JSON. */
export function wrongHeads(provider: Provider): Wrong[] {
  const { partner } = provider;
  const tokens = [undefined, 'unknown', `Bearer ${partner.token}`, `${partner.token} `.repeat(2), partner.id];
  return Object.values(operations).flatMap(({ operationId, security, method }): Wrong[] => {
    if (operationId === 'uploadFile') return [];
    const body = method === 'POST' ? { body: provider.bodyOf(operationId, 'head') } : {};
    const target = targetOf(provider, operationId);
    const secured = security.length === 0 ? [] : tokens;
    return [
      ...secured.map((authorization) => ({
        ...{ operationId, ...body, ...target, headers: { authorization } },
        pointer: '/headers/authorization',
        rule: 'security',
      })),
      ...(method === 'POST' ? wrongMedia(provider, operationId) : []),
    ];
  });
}

function targetOf({ merchantId, realm }: Provider, operationId: OperationId): { target?: string } {
  if (operationId === 'pullMerchant')
    return { target: `/api/distributors/pullMerchant/${merchantId}?realmId=${realm.id}` };
  return operationId === 'getPushMerchantSpec'
    ? { target: `/api/distributors/pushMerchantSpec/${realm.id}` }
    : {};
}

function wrongMedia(provider: Provider, operationId: OperationId): Wrong[] {
  const body = provider.bodyOf(operationId, 'media');
  const types = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'json',
    'application/json-seq',
  ];
  const broken = [
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
  return [
    ...types.map((type) => ({
      ...{ operationId, body, headers: { 'content-type': type }, rule: 'media type' },
      pointer: '/headers/content-type',
    })),
    ...broken.map((raw) => ({
      ...{ operationId, raw, rule: 'JSON', pointer: '/body' },
      headers: { 'content-type': 'application/json' },
    })),
  ];
}
