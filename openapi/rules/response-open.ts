import type { ContractNode, Location, Rule, RuleContext } from './rule.ts';

/** Responses and callbacks allow unknown properties and words, because the provider adds both without notice. */
export const responseOpen: Rule = () => ({
  Response: { MediaType: reportClosed },
  WebhooksMap: { RequestBody: { MediaType: reportClosed } },
});

/** Redocly visits only the outermost schema of a body, so this function visits the schemas inside. */
function reportClosed(body: ContractNode, { location, resolve, report }: RuleContext): void {
  const seen = new Set<ContractNode>();
  visit(body.schema, location.child('schema'));

  function visit(given: ContractNode | boolean | undefined, at: Location): void {
    if (typeof given !== 'object') return;
    const { node, location = at } = given.$ref ? resolve(given, at.source.absoluteRef) : { node: given };
    if (!node || seen.has(node)) return;
    seen.add(node);
    for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
      if (node[keyword] === false)
        report({
          message: `A schema of a response or callback refuses unknown properties. Remove ${keyword}: false.`,
          location,
        });
      visit(node[keyword], location.child([keyword]));
    }
    if (node.enum)
      report({
        message:
          'A schema of a response or callback refuses unknown words. Use x-extensible-enum in place of enum.',
        location,
      });
    for (const [name, property] of Object.entries(node.properties ?? {}))
      visit(property, location.child(['properties', name]));
    visit(node.items, location.child(['items']));
  }
}
