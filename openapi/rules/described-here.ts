import type { ContractNode, Rule, RuleContext } from './rule.ts';

/**
 * Every property says what it is in its object. The text of the schema that it refers to says only what kind of value it
 * is: an id, a time, a name.
 */
export const describedHere: Rule = () => ({
  Schema({ properties = {} }, context) {
    for (const [name, property] of Object.entries(properties)) checkProperty(name, property, context);
  },
});

function checkProperty(
  name: string,
  property: ContractNode,
  { location, report, resolve }: RuleContext,
): void {
  const at = location.child(['properties', name]);
  const own = property.description?.trim() ?? '';
  const { description = '' } = (property.$ref && resolve(property).node) || {};
  const words = own.split(/\s+/).length;
  if (own === '' || own === description.trim())
    report({ message: `Property ${name} does not say what it is here. Add a description.`, location: at });
  else if (words < 3)
    report({
      message: `The description of ${name} is too short to say what it is here. Use at least three words.`,
      location: at,
    });
}
