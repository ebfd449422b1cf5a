import { type OperationId, requestLines } from '@partner-ecosystem/openapi/operations';
import { fillInPath } from '../http/outgoing-request.ts';

type Input = Record<string, unknown>;

/**
 * The address at which openapi-fetch expects the provider. The client itself selects the server of each operation. A
 * request that is sent without the client reaches nobody, because `.invalid` is reserved.
 */
export const contractUrl = 'https://contract.invalid';

/** A request of openapi-fetch, as a call of an operation. */
export interface ContractCall {
  readonly operationId: OperationId;
  readonly input: Input;
}

const operations = (Object.keys(requestLines) as OperationId[]).map((operationId) => {
  const operation = { ...requestLines[operationId], operationId };
  const path = operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/?]+)');
  return { ...operation, pattern: new RegExp(`^${contractUrl}${path}(?:\\?(?<query>.*))?$`) };
});

/**
 * Fills in the path parameters of a URL of the contract.
 *
 * @throws TypeError if an id is missing, or would turn the URL into the URL of another operation.
 */
export function serializePath(url: string, ids: Input): string {
  const operation = operations.find(({ path }) => url.endsWith(path));
  const named = Object.entries(ids).filter(([name]) => url.includes(`{${name}}`));
  return operation
    ? fillInPath({ operationId: operation.operationId, path: url }, Object.fromEntries(named))
    : url;
}

/**
 * Reads the operation and its input from a request, after all middleware.
 *
 * @throws TypeError if the contract has no such operation, or if the body has another media type. The message does not
 * quote the URL, because the URL contains ids.
 */
export async function parseContractCall(request: Request): Promise<ContractCall> {
  for (const { operationId, method, requestType, pattern } of operations) {
    const groups = method === request.method && pattern.exec(request.url)?.groups;
    if (!groups) continue;
    const input = requestType ? await parseBody(request, operationId, requestType) : parseParameters(groups);
    return { operationId, input };
  }
  throw new TypeError('The contract has no such request. Use its paths, and no baseUrl.');
}

async function parseBody(request: Request, operationId: OperationId, requestType: string): Promise<Input> {
  try {
    if (requestType === 'multipart/form-data') return Object.fromEntries(await request.formData());
    // The provider, or a guard, decides whether the body is right.
    return (await request.json()) as Input;
  } catch {
    throw new TypeError(`${operationId} needs a body of the type ${requestType}.`);
  }
}

/** An id that is missing, or cannot be decoded, is left out. The call then fails, and names the id. */
function parseParameters({ query, ...ids }: Readonly<Record<string, string>>): Input {
  const input: Input = {};
  // The guard expects a boolean where the contract has a boolean. Every other parameter is text.
  for (const [name, text] of new URLSearchParams(query))
    input[name] = /^(true|false)$/.test(text) ? text === 'true' : text;
  for (const [name, text] of Object.entries(ids)) {
    try {
      const id = decodeURIComponent(text);
      input[name] = id === `{${name}}` ? undefined : id;
    } catch {}
  }
  return input;
}
