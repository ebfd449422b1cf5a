import type { Rule, RuleContext, SchemaNode } from './rule.ts';

const categories = [
  'PII',
  'financial',
  'government-id',
  'health',
  'secret',
  'credential',
  'contact',
  'other',
];
const sensitivities = ['public', 'internal', 'confidential', 'restricted'];
const strategies = ['full', 'partial', 'regex', 'hash', 'remove', 'tokenize'];

/** Every scalar says what kind of data it holds, in the words of the registry; masks are decided by it. */
export const scalarClassified: Rule = () => ({
  Schema(schema: SchemaNode, { report }: RuleContext) {
    if (!isScalar(schema)) return;
    const classification = schema['x-data-classification'];
    if (!classification)
      return report({
        message: 'A scalar does not say what kind of data it holds. Give it x-data-classification.',
      });
    const { category = '', sensitivity = '', masking } = classification;
    refuseOtherWords('category', category, categories);
    refuseOtherWords('sensitivity', sensitivity, sensitivities);
    refuseOtherWords('masking.strategy', masking?.strategy ?? '', strategies);

    function refuseOtherWords(member: string, word: string, words: string[]) {
      if (!words.includes(word))
        report({ message: `x-data-classification.${member} is "${word}". Use one of ${words.join(', ')}.` });
    }
  },
});

function isScalar(schema: SchemaNode): boolean {
  const types = [schema.type ?? []].flat();
  return !schema.properties && !schema.items && !types.includes('object') && !types.includes('array');
}
