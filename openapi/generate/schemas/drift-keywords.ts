import { _, type CodeKeywordDefinition, type KeywordCxt, str } from 'ajv/dist/2020.js';
import { checkReportMissingProp, usePattern } from 'ajv/dist/vocabularies/code.js';

/** The words that the contract knows, and whether an unknown word may be shown. */
export interface KnownWords {
  readonly known: readonly string[];
  readonly isShown: boolean;
}

/**
 * Reports a word that the contract does not know, in any letter case, because the provider varies the case. An empty text
 * means that there is no value.
 */
const word: CodeKeywordDefinition = {
  keyword: 'word',
  type: 'string',
  schemaType: 'object',
  error: {
    message: ({ schema }) => str`must be ${wordsOf(schema).known.join(', ')}`,
    params: ({ schema, data }) => (wordsOf(schema).isShown ? _`{word: ${data}}` : _`{}`),
  },
  code(context: KeywordCxt) {
    const alternatives = wordsOf(context.schema).known.map(anyCase).join('|');
    context.fail(_`!${usePattern(context, `^(${alternatives})?$`)}.test(${context.data})`);
  },
};

/** Reports an optional property that every example has. */
const missing: CodeKeywordDefinition = {
  keyword: 'missing',
  type: 'object',
  schemaType: 'array',
  error: {
    message: ({ params }) => str`usually has the property '${params['missingProperty']}'`,
    params: ({ params }) => _`{missingProperty: ${params['missingProperty']}}`,
  },
  code(context: KeywordCxt) {
    for (const name of context.schema as string[]) checkReportMissingProp(context, name);
  },
};

/** Keywords of a closed schema that are not in JSON Schema. */
export const driftKeywords = [word, missing];

function wordsOf(schema: unknown): KnownWords {
  return schema as KnownWords; // `closedSchema` writes it.
}

function anyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}
