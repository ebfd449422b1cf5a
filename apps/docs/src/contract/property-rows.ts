import type { DataClassification } from '@partner-ecosystem/openapi/classification';
import type { Evidence } from '@partner-ecosystem/openapi/evidence';
import type { Schema } from '../../../../openapi/generate/contract/contract.ts';
import { aspectsIn, evidenceIn, resolveSchema, textOf } from './contract.ts';

/** A property of a body, at any depth. */
export interface PropertyRow {
  /** Where the property is, such as `data[].pageId`. `*` stands for any name. */
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  /** Missing for objects and arrays. */
  readonly classification?: DataClassification;
}

/** Every property of a body, in the order of the contract. */
export function propertyRows(body: Schema): PropertyRow[] {
  return rowsIn(resolveSchema(body), '');
}

function rowsIn(schema: Schema, path: string): PropertyRow[] {
  const { properties = {}, required = [], items, additionalProperties } = schema;
  const prefix = path === '' ? '' : `${path}.`;
  return [
    ...Object.entries(properties).flatMap(([name, property]) =>
      rowsOf(property, `${prefix}${name}`, required.includes(name)),
    ),
    ...(typeof additionalProperties === 'object' ? rowsOf(additionalProperties, `${prefix}*`, false) : []),
    ...(items ? rowsOfItems(resolveSchema(items), `${path}[]`) : []),
  ];
}

/** An object in a list has a meaning of its own. */
function rowsOfItems(items: Schema, path: string): PropertyRow[] {
  return items.properties ? rowsOf(items, path, false) : rowsIn(items, path);
}

function rowsOf(property: Schema, path: string, isRequired: boolean): PropertyRow[] {
  const schema = resolveSchema(property);
  const classification = classificationOf(schema);
  return [{ path, schema, isRequired, ...(classification && { classification }) }, ...rowsIn(schema, path)];
}

/** The classification of a scalar, or of the scalars that an array holds. */
function classificationOf(schema: Schema): DataClassification | undefined {
  if (schema['x-data-classification']) return schema['x-data-classification'];
  return schema.items && classificationOf(resolveSchema(schema.items));
}

/** The type of a value in words, with the limits that the contract sets. */
export function typeWords(schema: Schema): string {
  const { type, format, enum: values, items, pattern, minLength } = schema;
  const known = values ?? schema['x-extensible-enum'];
  const limits = [
    ...(typeof format === 'string' ? [format] : []),
    ...(typeof pattern === 'string' ? [`pattern \`${pattern}\``] : []),
    ...(minLength === 1 && !pattern && !known ? ['not empty'] : []),
    ...(known
      ? [`${values ? 'one of' : 'known values'} ${known.map((value) => `\`${value}\``).join(', ')}`]
      : []),
  ];
  return [items ? `list of ${typeWords(resolveSchema(items))}` : nameOf(type), ...limits].join(', ');
}

function nameOf(type: Schema['type']): string {
  if (type === undefined) return 'any';
  return typeof type === 'string' ? type : type.join(' or ');
}

/** Meaning of a property, and how it is known if it does not have the evidence of its object. */
export function meaningOf({ schema, isRequired }: PropertyRow): string {
  return meaningWords(textOf(schema, 'description'), isRequired, evidenceIn(schema), aspectsIn(schema));
}

/** Meaning of a property or parameter, and how it is known, as Markdown. */
export function meaningWords(
  description: string,
  isRequired: boolean,
  known: Evidence | undefined,
  aspects: Readonly<Record<string, Evidence>>,
): string {
  const evidence = [
    ...(known ? [noteOf(known)] : []),
    ...Object.entries(aspects).map(([aspect, each]) => `The ${aspect} is ${noteOf(each)}`),
  ];
  return [
    isRequired ? '**Required.**' : '',
    description,
    evidence.length > 0 ? `*${evidence.join(' ')}*` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function noteOf({ evidence, basis, sources }: Evidence): string {
  return `${evidence}: ${basis} Sources: ${sources.join(', ')}.`;
}
