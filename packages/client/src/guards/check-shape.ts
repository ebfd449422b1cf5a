import type { Shape } from '@partner-ecosystem/openapi/shapes';
import type { Departure } from '../errors/contract-error.ts';

/** A hostile body can depart in very many places; no reader wants to hear of them all. */
const most = 100;

/** Where a value departs from a shape. A keyword says something of its own types only, as in JSON Schema. */
export function checkShape(shape: Shape, value: unknown): Departure[] {
  const departures: Departure[] = [];
  visit(shape, value, '', (pointer, keyword) => {
    if (departures.length < most) departures.push({ pointer, keyword });
  });
  return departures;
}

type Report = (pointer: string, keyword: string) => void;

function visit(shape: Shape, value: unknown, pointer: string, report: Report): void {
  const { type, enum: words } = shape;
  const kinds = kindsOf(value);
  if (type !== undefined && ![type].flat().some((name) => kinds.includes(name))) report(pointer, 'type');
  if (words && !words.includes(value)) report(pointer, 'enum');
  if (typeof value === 'string') visitText(shape, value, pointer, report);
  else if (typeof value === 'number') visitNumber(shape, value, pointer, report);
  else if (Array.isArray(value)) visitList(shape, value, pointer, report);
  else if (kinds.includes('object')) visitObject(shape, { ...(value as object) }, pointer, report);
}

/** The names that JSON Schema has for the type of a value. */
function kindsOf(value: unknown): readonly string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  // The file of a form is a text to the contract.
  if (typeof Blob !== 'undefined' && value instanceof Blob) return ['string'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number'];
  return [typeof value];
}

function visitText({ minLength = 0, pattern }: Shape, text: string, pointer: string, report: Report): void {
  if (text.length < 2 * minLength && [...text].length < minLength) report(pointer, 'minLength');
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) report(pointer, 'pattern');
}

function visitNumber({ minimum, maximum }: Shape, number: number, pointer: string, report: Report): void {
  if (minimum !== undefined && number < minimum) report(pointer, 'minimum');
  if (maximum !== undefined && number > maximum) report(pointer, 'maximum');
}

function visitList(shape: Shape, list: readonly unknown[], pointer: string, report: Report): void {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = shape;
  if (list.length < minItems) report(pointer, 'minItems');
  if (list.length > maxItems) report(pointer, 'maxItems');
  if (uniqueItems && new Set(list.map((item) => JSON.stringify(item))).size < list.length)
    report(pointer, 'uniqueItems');
  if (items) for (const [at, item] of list.entries()) visit(items, item, `${pointer}/${at}`, report);
}

function visitObject(
  { required = [], minProperties = 0, properties = {}, additionalProperties }: Shape,
  object: Readonly<Record<string, unknown>>,
  pointer: string,
  report: Report,
): void {
  const at = (name: string) => `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  for (const name of required) if (object[name] === undefined) report(at(name), 'required');
  // A member that is undefined is not sent.
  const members = Object.entries(object).filter(([, member]) => member !== undefined);
  if (members.length < minProperties) report(pointer, 'minProperties');
  for (const [name, member] of members) {
    const shape = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (shape) visit(shape, member, at(name), report);
    else if (shape === false) report(at(name), 'additionalProperties');
  }
}
