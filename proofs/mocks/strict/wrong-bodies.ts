import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { breakSchema } from '../break-schema.ts';
import type { Provider } from './provider.ts';
import type { Wrong } from './wrong.ts';

/** The operations that take JSON. */
export const withJson: readonly OperationId[] = Object.keys(requests).filter(
  (id): id is OperationId => id !== 'uploadFile',
);

/** For each operation, every way to break one rule of its body. */
export function wrongBodies(provider: Provider): Wrong[] {
  return withJson.flatMap((operationId) =>
    breakSchema(requests[operationId] ?? {}, provider.bodyOf(operationId, 'broken', 'everything')).map(
      ({ body, pointer, keyword }) => ({ operationId, body, pointer: `/body${pointer}`, rule: keyword }),
    ),
  );
}
