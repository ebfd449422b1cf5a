import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { type Extent, generate } from '../../../packages/mocks/src/core/contract/generate.ts';
import type { Realm } from '../../../packages/mocks/src/index.ts';

/** Generates a body from the schema of an operation. The contract's examples are not used. */
export function generateBody(
  operationId: OperationId,
  derive: (key: string) => string,
  key: string,
  extent: Extent,
): object {
  const schema = requests[operationId];
  return Object(schema && generate(schema, derive, key, extent));
}

/** The ids of a realm and of its first flow. */
export function realmIds({ id, flows }: Realm): { readonly realmId: string; readonly flowId: string } {
  return { realmId: id, flowId: flows[0]?.id ?? '' };
}

/** The data of a push for each widget of the first flow. */
export function pushItems({ flows }: Realm, createValue: () => string): object[] {
  return (flows[0]?.pages ?? []).flatMap(({ id, widgets }) =>
    widgets.map(({ name, labels }) => ({
      pageId: id,
      widgetName: name,
      data: Object.fromEntries(Object.keys(labels).map((label) => [label, createValue()])),
    })),
  );
}
