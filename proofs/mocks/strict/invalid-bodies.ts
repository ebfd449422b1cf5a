import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { breakSchema } from './break-schema.ts';
import type { InvalidRequest } from './invalid-request.ts';
import type { Session } from './session.ts';

/** The operations with a JSON body. */
export const jsonOperations: readonly OperationId[] = Object.keys(requests).filter(
  (id): id is OperationId => id !== 'uploadFile',
);

/** Breaks each rule of each operation's body. */
export function invalidBodies(session: Session): InvalidRequest[] {
  return jsonOperations.flatMap((operationId) => {
    const valid = session.bodyOf(operationId, 'broken', 'everything');
    return breakSchema(requests[operationId] ?? {}, valid).map(({ body, pointer, keyword }) => ({
      request: session.request(operationId, { body }),
      pointer: `/body${pointer}`,
      rule: keyword,
    }));
  });
}
