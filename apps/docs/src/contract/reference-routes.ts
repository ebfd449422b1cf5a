import json from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operationsOf, webhooksOf } from '../../../../openapi/generate/contract/operations.ts';
import { contract, tagOf, textOf } from './contract.ts';

/** A place of the reference that a link can lead to. */
export interface ReferenceRoute {
  /** Begins with `#/`. */
  readonly hash: string;
  /** Heading of the place. */
  readonly name: string;
  /** Missing for the overview, a group and an event. */
  readonly operationId?: string;
}

/** Routes of the reference: the overview, each group, each operation, each event. */
export function referenceRoutes(): ReferenceRoute[] {
  return [
    { hash: '#/', name: json.info.title },
    ...json.tags.map(({ name }) => ({ hash: `#/${name.toLowerCase()}`, name })),
    ...operationsOf(contract).map(({ operationId, path, method }) => ({
      hash: operationRoute(operationId),
      name: textOf(contract.paths[path]?.[method] ?? {}, 'summary'),
      operationId,
    })),
    ...webhooksOf(contract).map(({ event }) => ({
      hash: eventRoute(event),
      name: textOf(contract.webhooks[event]?.post ?? {}, 'summary'),
    })),
  ];
}

/** @throws Error if the contract has no such operation. */
export function operationRoute(operationId: string): string {
  const operation = operationsOf(contract).find((each) => each.operationId === operationId);
  if (!operation) throw new Error(`The contract has no operation ${operationId}.`);
  return `#/${tagOf(operation).toLowerCase()}/${operationId.toLowerCase()}`;
}

/** The renderer gives an event a route by its path, because an event has no operation id. */
export function eventRoute(event: string): string {
  const [tag = ''] = contract.webhooks[event]?.post.tags ?? [];
  return `#/${tag.toLowerCase()}/paths/${event.toLowerCase()}/post`;
}
