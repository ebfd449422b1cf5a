import type { ApiRequest } from '../api/api-request.ts';
import type { Random } from '../run/random.ts';

type Spoil = (request: ApiRequest, random: Random) => ApiRequest;

const spoils: readonly Spoil[] = [
  (request, random) => withHeader(request, 'authorization', `Bearer ${random.word()}`),
  (request) => ({ ...request, target: request.target.replace('/api/', '/api/un') }),
  (request) => ({ ...request, method: request.method === 'GET' ? 'POST' : 'PUT' }),
  (request) => (request.body === undefined ? request : { ...request, body: request.body.slice(0, -1) }),
  (request) => (request.body === undefined ? request : withHeader(request, 'content-type', 'text/plain')),
  (request) => {
    if (request.operationId === 'pullMerchant')
      return { ...request, target: request.target.replace(/\w{24}/, 'none') };
    const { body: _, ...withoutBody } = request;
    return withoutBody;
  },
  (request, random) => {
    const withoutQuery = { ...request, target: request.target.split('?')[0] ?? '' };
    return changeProperty(request, random, () => undefined) ?? withoutQuery;
  },
  (request, random) => changeProperty(request, random, () => random.pick([7, null, [], {}])) ?? request,
];

/** Returns a copy of a request with one mistake. A mistake that does not fit the request leaves the request unchanged. */
export function spoilRequest(request: ApiRequest, random: Random): ApiRequest {
  return random.pick(spoils)(request, random);
}

function withHeader(request: ApiRequest, name: string, value: string): ApiRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function changeProperty(request: ApiRequest, random: Random, createValue: () => unknown) {
  const body: object = request.body === undefined ? {} : JSON.parse(request.body);
  const names = Object.keys(body);
  if (names.length === 0) return undefined;
  return { ...request, body: JSON.stringify({ ...body, [random.pick(names)]: createValue() }) };
}
