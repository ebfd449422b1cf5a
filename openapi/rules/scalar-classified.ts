import { type Rule, type RuleContext, reportUnknown, type SchemaNode } from './rule.ts';

// The values of the OpenAPI extension registry.
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

/** Every scalar has a classification, because the classification decides what is masked. */
export const scalarClassified: Rule = () => ({
  Schema(schema: SchemaNode, context: RuleContext) {
    if (!isScalar(schema)) return;
    const classification = schema['x-data-classification'];
    if (!classification)
      return context.report({ message: 'A scalar is not classified. Add x-data-classification.' });
    const { category, sensitivity, masking } = classification;
    reportUnknown('x-data-classification.category', category, categories, context);
    reportUnknown('x-data-classification.sensitivity', sensitivity, sensitivities, context);
    reportUnknown('x-data-classification.masking.strategy', masking?.strategy, strategies, context);
  },
});

function isScalar(schema: SchemaNode): boolean {
  const types = [schema.type ?? []].flat();
  return !schema.properties && !schema.items && !types.includes('object') && !types.includes('array');
}
