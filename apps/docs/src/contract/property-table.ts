import type { Schema } from '../../../../openapi/generate/contract/contract.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';
import { classificationWords } from './classification-words.ts';
import { meaningOf, propertyRows, typeWords } from './property-rows.ts';

/** Every property of a body: type, meaning, and what may be logged. */
export function propertyTable(body: Schema): string {
  const rows = propertyRows(body).map((row) => [
    code(row.path),
    typeWords(row.schema),
    meaningOf(row),
    row.classification ? classificationWords(row.classification) : '',
  ]);
  return table(['property', 'type', 'meaning', 'data'], rows);
}
