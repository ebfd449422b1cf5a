import { shownWord } from '@partner-ecosystem/openapi/drift';
import type { Shape } from '@partner-ecosystem/openapi/shapes';
import type { Violation } from '../errors/contract-error.ts';
import { isBlob } from '../http/is-blob.ts';

/** A hostile body can violate the contract in very many places. */
const maxViolations = 100;

/** Result of a check: violations of the contract, and drift, which the contract allows but does not know or expect. */
export interface Findings {
  readonly violations: readonly Violation[];
  readonly drift: readonly Violation[];
}

/** Compares a value with a shape. As in JSON Schema, a keyword applies only to values of its own types. */
export function checkShape(shape: Shape, value: unknown): Findings {
  const violations: Violation[] = [];
  const drift: Violation[] = [];
  visit(shape, value, '', (pointer, keyword, limit, isDrift, word) => {
    const list = isDrift ? drift : violations;
    if (list.length < maxViolations)
      list.push({
        pointer,
        keyword,
        expected:
          keyword === 'missing'
            ? `usually has the property '${limit}'`
            : `${keyword} ${[limit].flat().join(', ')}`,
        ...shownWord(word),
      });
  });
  return { violations, drift };
}

type Report = (pointer: string, keyword: string, limit: unknown, isDrift?: boolean, word?: string) => void;

function visit(shape: Shape, value: unknown, pointer: string, report: Report): void {
  const { type, enum: allowed, expected } = shape;
  const kinds = kindsOf(value);
  if (type !== undefined && ![type].flat().some((name) => kinds.includes(name)))
    report(pointer, 'type', type);
  if (allowed && !allowed.includes(value)) report(pointer, 'enum', allowed);
  if (typeof value === 'string') visitText(shape, value, pointer, report);
  else if (typeof value === 'number') visitNumber(shape, value, pointer, report);
  else if (Array.isArray(value)) visitList(shape, value, pointer, report);
  else if (kinds.includes('object')) visitObject(shape, { ...(value as object) }, pointer, report);
  if (expected) visit(expected, value, pointer, (at, keyword, limit) => report(at, keyword, limit, true));
}
/** Names of a value's type in JSON Schema. */
function kindsOf(value: unknown): readonly string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  // The contract describes the file of a form as a string.
  if (isBlob(value)) return ['string'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number'];
  return [typeof value];
}

function visitText(
  { minLength = 0, pattern, words, isShown }: Shape,
  text: string,
  pointer: string,
  report: Report,
): void {
  if (text.length < 2 * minLength && [...text].length < minLength) report(pointer, 'minLength', minLength);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) report(pointer, 'pattern', pattern);
  // The provider varies the case of its words.
  if (words && text !== '' && !words.some((word) => word.toLowerCase() === text.toLowerCase()))
    report(pointer, 'word', words, true, isShown && text);
}

function visitNumber({ minimum, maximum }: Shape, number: number, pointer: string, report: Report): void {
  if (minimum !== undefined && number < minimum) report(pointer, 'minimum', minimum);
  if (maximum !== undefined && number > maximum) report(pointer, 'maximum', maximum);
}

function visitList(shape: Shape, list: readonly unknown[], pointer: string, report: Report): void {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = shape;
  if (list.length < minItems) report(pointer, 'minItems', minItems);
  if (list.length > maxItems) report(pointer, 'maxItems', maxItems);
  if (uniqueItems && new Set(list.map((item) => JSON.stringify(item))).size < list.length)
    report(pointer, 'uniqueItems', true);
  if (items) for (const [at, item] of list.entries()) visit(items, item, `${pointer}/${at}`, report);
}

function visitObject(
  { required = [], usual = [], minProperties = 0, properties = {}, additionalProperties }: Shape,
  object: Readonly<Record<string, unknown>>,
  pointer: string,
  report: Report,
): void {
  const at = (name: string) => `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const isNamed = Object.keys(properties).length > 0;
  for (const name of required) if (object[name] === undefined) report(at(name), 'required', name);
  for (const name of usual) if (object[name] === undefined) report(at(name), 'missing', name, true);
  // A property that is undefined is not sent.
  const sent = Object.entries(object).filter(([, property]) => property !== undefined);
  if (sent.length < minProperties) report(pointer, 'minProperties', minProperties);
  for (const [name, property] of sent) {
    const isKnown = Object.hasOwn(properties, name);
    const shape = isKnown ? properties[name] : additionalProperties;
    // A name that the contract does not have may be a person's data.
    const place = at(isKnown ? name : '*');
    if (shape) visit(shape, property, place, report);
    else if (shape === false || isNamed) report(place, 'additionalProperties', false, shape !== false);
  }
}
