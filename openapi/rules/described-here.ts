import type { ContractNode, Rule, RuleContext } from './rule.ts';

/**
 * Every property has a description of its own, which says what the property means in its object. The description of the
 * referenced schema gives only the kind of the value: an id, a time, a name.
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
    report({ message: `Property ${name} has no description of its own. Add a description.`, location: at });
  else if (words < 3)
    report({
      message: `The description of ${name} is too short. Use at least three words.`,
      location: at,
    });
}
