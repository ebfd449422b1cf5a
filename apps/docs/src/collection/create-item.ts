import { requests } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations, tokenPlace } from '@partner-ecosystem/openapi/operations';
import type { NamedOperation } from '../../../../openapi/generate/contract/operations.ts';
import { contract, resolveSchema, textOf } from '../contract/contract.ts';
import { serverVariable, withVariables } from './variables.ts';

/** What later requests need from a response: the variable, and the place of its value in the body. */
const kept: Partial<Record<OperationId, readonly [variable: string, place: readonly string[]]>> = {
  createPartner: ['distributorId', ['id']],
  loginPartner: ['partnerToken', tokenPlace],
  createMerchant: ['merchantId', ['id']],
};

/** The request of an operation in a Postman collection, with the first example of the contract. */
export function createItem(operation: NamedOperation) {
  const operationId = operation.operationId as OperationId;
  const source = contract.paths[operation.path]?.[operation.method] ?? {};
  const body = bodyOf(operation);
  return {
    name: operationId,
    request: {
      description: `**${textOf(source, 'summary')}**\n\n${textOf(source, 'description')}`,
      method: operations[operationId].method,
      url: urlOf(operation),
      header: headersOf(operation),
      ...(body && { body }),
    },
    ...(kept[operationId] && { event: [keepValue(...kept[operationId])] }),
  };
}

function urlOf({ operationId, path, parameters }: NamedOperation): string {
  const { server } = operations[operationId as OperationId];
  const values = parameters.map((parameter) => ({ ...parameter, value: exampleOf(parameter) }));
  const filled = values.reduce((url, { name, value }) => url.replace(`{${name}}`, value), path);
  const query = values.flatMap(({ in: place, name, value }) => (place === 'query' ? `${name}=${value}` : []));
  return `{{${serverVariable(server)}}}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function exampleOf(parameter: object): string {
  return String(withVariables((parameter as { example?: unknown }).example));
}

function headersOf({ security, request }: NamedOperation) {
  const [scheme] = security.flatMap((each) => Object.keys(each));
  const token = scheme === 'AdministratorToken' ? '{{administratorToken}}' : '{{partnerToken}}';
  return [
    { key: 'Accept', value: 'application/json' },
    ...(scheme === undefined ? [] : [{ key: 'Authorization', value: token }]),
    ...(request?.contentType === 'application/json'
      ? [{ key: 'Content-Type', value: request.contentType }]
      : []),
  ];
}

function bodyOf({ operationId, request }: NamedOperation) {
  if (!request) return undefined;
  const [example = {}] = Object.values(requests[operationId as keyof typeof requests]);
  const body = withVariables(example);
  if (request.contentType === 'application/json')
    return { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } };
  const { properties = {} } = resolveSchema(request.body.schema);
  const fields = Object.entries(body as Record<string, string>).map(([key, value]) =>
    // The user chooses the file.
    properties[key]?.['format'] === 'binary' ? { key, type: 'file', src: [] } : { key, type: 'text', value },
  );
  return { mode: 'formdata', formdata: fields };
}

/** The script of a request, which runs after the response. An error response leaves the variable as it is. */
function keepValue(variable: string, place: readonly string[]) {
  const value = `pm.response.json()${place.map((name) => `[${JSON.stringify(name)}]`).join('')}`;
  const exec = [`if (pm.response.code === 200) pm.collectionVariables.set('${variable}', ${value});`];
  return { listen: 'test', script: { type: 'text/javascript', exec } };
}
