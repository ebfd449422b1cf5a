import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Contract, Schema } from '../contract/contract.ts';
import { limitingSchema } from '../schemas/bare-schema.ts';
import { driftKeywords } from '../schemas/drift-keywords.ts';
import { closedComponents, closedSchema } from '../schemas/validation-schemas.ts';

/**
 * Compiles schemas of the contract, and adds their code to `schemas`. Equal schemas become one module, which all of
 * their users import. An unknown keyword fails the build: a validator that skips unknown keywords would accept everything.
 *
 * @returns A function from a schema to the specifier of its module.
 */
export function schemaCompiler(
  contract: Contract,
  schemas: Map<string, string>,
  { coerceTypes }: { coerceTypes: boolean },
): (schema: Schema) => string {
  // This class lacks the later vocabularies. The contract uses none of them, and each validator would have their code.
  const ajv = new Ajv({
    coerceTypes,
    allErrors: true,
    strictTypes: false,
    // A format describes the purpose of a value. The provider's values need not match it.
    validateFormats: false,
    code: { source: true, esm: true },
    keywords: driftKeywords,
  });
  for (const [name, schema] of Object.entries(contract.components.schemas)) {
    ajv.addSchema(limitingSchema(schema), `#/components/schemas/${name}`);
    ajv.addSchema(limitingSchema(closedSchema(contract, schema)), `${closedComponents}${name}`);
  }
  return (described) => {
    const schema = limitingSchema(described);
    const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16);
    const specifier = `${coerceTypes ? 'coercing' : 'schema'}:${digest}`;
    if (!schemas.has(specifier))
      schemas.set(specifier, withoutRepetition(standaloneCode.default(ajv, ajv.compile(schema))));
    return specifier;
  };
}

/**
 * Removes what nobody reads: the path of each keyword in its schema, and the parameters of an error. `createValidator`
 * writes the messages that repeat parameters. The removed text is a quarter of the code. A name that the contract does not
 * have may be a person's data, so the pointer has `*` in place of this name.
 */
function withoutRepetition(code: string): string {
  const text = '"(?:[^"\\\\]|\\\\.)*"';
  const params = `\\{(?:[^"}]|${text})*\\}`;
  const repeated = `(keyword:"(?:type|required|missing|additionalProperties)",params:${params}),message:${text}(?:\\+${text})*`;
  const unread = `(keyword:"(?:min\\w+|max\\w+|pattern|enum|additionalProperties)",params:)${params}`;
  return code
    .replaceAll(new RegExp(`schemaPath:${text},`, 'g'), '')
    .replaceAll(new RegExp(repeated, 'g'), '$1')
    .replaceAll(new RegExp(unread, 'g'), '$1{}')
    .replaceAll(/\w+\.replace\(\/~\/g, ?"~0"\)\.replace\(\/\\\/\/g, ?"~1"\)/g, '"*"');
}
