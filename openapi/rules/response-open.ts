import type { Location, Rule, RuleContext, SchemaNode } from './rule.ts';

/** What the provider sends stays open to members we do not know: it adds some without notice. */
export const responseOpen: Rule = () => {
  const MediaType = ({ schema }: { schema?: SchemaNode }, context: RuleContext) => {
    if (schema) reportClosed(schema, context.location.child('schema'), context, new Set());
  };
  return { Response: { MediaType }, WebhooksMap: { RequestBody: { MediaType } } };
};

/** Redocly visits the outermost schema of a body only, so what is below it is walked here. */
function reportClosed(given: SchemaNode, at: Location, context: RuleContext, seen: Set<SchemaNode>): void {
  const { node: schema, location = at } = given.$ref
    ? context.resolve(given, at.source.absoluteRef)
    : { node: given };
  if (!schema || seen.has(schema)) return;
  seen.add(schema);
  if (schema.additionalProperties === false) {
    const message =
      'A schema of what the provider sends refuses unknown members. Take out additionalProperties: false.';
    context.report({ message, location });
  }
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => ({
    member,
    path: ['properties', name],
  }));
  const others = [
    { member: schema.items, path: ['items'] },
    { member: schema.additionalProperties, path: ['additionalProperties'] },
  ];
  for (const { member, path } of [...members, ...others])
    if (typeof member === 'object') reportClosed(member, location.child(path), context, seen);
}
