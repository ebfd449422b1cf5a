import { type ContractNode, type Rule, reportUnknown } from './rule.ts';

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
  Schema(schema, context) {
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

function isScalar(schema: ContractNode): boolean {
  const types = [schema.type ?? []].flat();
  return !schema.properties && !schema.items && !types.includes('object') && !types.includes('array');
}

/** The published reference hides exactly the values that logs mask: `x-sensitive-data` agrees with the classification. */
export const sensitiveDataHidden: Rule = () => ({
  Schema(schema, { report }) {
    const isHidden = schema['x-sensitive-data'] !== undefined;
    if (isSensitive(schema) && !isHidden)
      report({
        message: 'A confidential or restricted value has no x-sensitive-data. Add it to hide the value.',
      });
    if (isHidden && !isSensitive(schema))
      report({
        message:
          'x-sensitive-data hides a value that is neither confidential nor restricted. Classify the value.',
      });
  },
});

/** No path or query parameter contains personal data or a secret: logs, histories and proxies store URLs. */
export const noPersonalDataInUrl: Rule = () => ({
  Parameter(parameter, { report, resolve }) {
    if (parameter.in !== 'path' && parameter.in !== 'query') return;
    if (isSensitive(resolve(parameter.schema).node))
      report({
        message: `Parameter ${parameter.name} puts a confidential value into the URL. Send the value in the body.`,
      });
  },
});

/** Whether a schema is classified as personal data or a secret. */
function isSensitive(schema: ContractNode | undefined): boolean {
  return ['confidential', 'restricted'].includes(schema?.['x-data-classification']?.sensitivity ?? '');
}
