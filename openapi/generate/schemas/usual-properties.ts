import { type Contract, resolve, type Schema } from '../contract/contract.ts';
import { mapBodies, mapValues } from '../contract/operations.ts';

/** How often the examples contain an object of a schema, and each property of this object. */
interface Uses {
  objects: number;
  readonly properties: Map<string, number>;
}

const cache = new WeakMap<Contract, ReadonlyMap<Schema, Uses>>();

/**
 * The optional properties that every example of a response or a callback has. Receivers may rely on these
 * properties, so a body without one of them is drift.
 */
export function usualProperties(contract: Contract, schema: Schema): string[] {
  const uses = cache.get(contract) ?? countUses(contract);
  cache.set(contract, uses);
  const node = resolveSchema(contract, schema);
  const { objects = 0, properties = new Map<string, number>() } = uses.get(node) ?? {};
  return Object.keys(node.properties ?? {}).filter(
    (name) => properties.get(name) === objects && objects > 0 && !node.required?.includes(name),
  );
}

function countUses(contract: Contract): ReadonlyMap<Schema, Uses> {
  const uses = new Map<Schema, Uses>();
  const { responses, webhooks } = mapBodies(contract, (body) => body);
  for (const { schema, examples = {} } of [
    ...Object.values(responses).flatMap((byStatus) => Object.values(byStatus)),
    ...Object.values(webhooks),
  ])
    mapValues(examples, (example) => count(schema, resolve(contract, example).value));
  return uses;

  function count(schema: Schema, value: unknown): void {
    const node = resolveSchema(contract, schema);
    if (Array.isArray(value)) {
      for (const item of value) if (node.items) count(node.items, item);
    } else if (typeof value === 'object' && value !== null) countObject(node, value);
  }

  function countObject(node: Schema, value: object): void {
    const { objects, properties } = uses.get(node) ?? { objects: 0, properties: new Map() };
    uses.set(node, { objects: objects + 1, properties });
    for (const [name, property] of Object.entries(value)) {
      properties.set(name, (properties.get(name) ?? 0) + 1);
      const child = node.properties?.[name];
      if (child) count(child, property);
    }
  }
}

/** Follows references to their last target. References to one schema have the same object as their last target. */
function resolveSchema(contract: Contract, schema: Schema): Schema {
  const target = resolve<Schema>(contract, schema);
  return target === schema ? schema : resolveSchema(contract, target);
}
