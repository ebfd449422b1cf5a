import type { ContractNode, Location, Rule, RuleContext } from './rule.ts';

/** Responses and callbacks allow unknown properties, because the provider adds properties without notice. */
export const responseOpen: Rule = () => {
  const MediaType = ({ schema }: ContractNode, context: RuleContext) => {
    if (schema) reportClosed(schema, context.location.child('schema'), context, new Set());
  };
  return { Response: { MediaType }, WebhooksMap: { RequestBody: { MediaType } } };
};

/** Redocly visits only the outermost schema of a body, so this function visits the schemas inside. */
function reportClosed(
  given: ContractNode,
  at: Location,
  context: RuleContext,
  seen: Set<ContractNode>,
): void {
  const { node: schema, location = at } = given.$ref
    ? context.resolve(given, at.source.absoluteRef)
    : { node: given };
  if (!schema || seen.has(schema)) return;
  seen.add(schema);
  if (schema.additionalProperties === false)
    context.report({
      message:
        'A schema of a response or callback refuses unknown properties. Remove additionalProperties: false.',
      location,
    });
  const visit = (child: ContractNode | boolean | undefined, path: string[]) => {
    if (typeof child === 'object') reportClosed(child, location.child(path), context, seen);
  };
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    visit(property, ['properties', name]);
  visit(schema.items, ['items']);
  visit(schema.additionalProperties, ['additionalProperties']);
}
