import { type MediaType, resolve } from '../../../../openapi/generate/contract/contract.ts';
import { codeBlock } from '../markdown/code.ts';
import { aspectsIn, contract, evidenceIn, resolveSchema, textOf } from './contract.ts';
import { evidenceWords } from './evidence-words.ts';
import { propertyTable } from './property-table.ts';

/** A body's properties and examples. */
export function bodyOf({ schema, examples = {} }: MediaType): string {
  const blocks = Object.values(examples).map((reference) => {
    const example = resolve(contract, reference);
    return `${textOf(example, 'summary')}:\n\n${codeBlock('json', JSON.stringify(example.value, undefined, 2))}`;
  });
  const described = resolveSchema(schema);
  const known = evidenceIn(described);
  const evidence = known
    ? `**Evidence:** ${evidenceWords(known, aspectsIn(described))} A property has the evidence of its object, unless its row says more.`
    : '';
  return [textOf(described, 'description'), evidence, propertyTable(schema), ...blocks]
    .filter((part) => part !== '')
    .join('\n\n');
}
