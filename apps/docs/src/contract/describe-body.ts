import { type MediaType, resolve } from '../../../../openapi/generate/contract/contract.ts';
import { codeBlock } from '../markdown/code.ts';
import { contract, resolveSchema, textOf } from './contract.ts';
import { propertyTable } from './property-table.ts';

/** A body's properties and examples. */
export function bodyOf({ schema, examples = {} }: MediaType): string {
  const blocks = Object.values(examples).map((reference) => {
    const example = resolve(contract, reference);
    return `${textOf(example, 'summary')}:\n\n${codeBlock('json', JSON.stringify(example.value, undefined, 2))}`;
  });
  const description = textOf(resolveSchema(schema), 'description');
  return [description, propertyTable(schema), ...blocks].filter((part) => part !== '').join('\n\n');
}
