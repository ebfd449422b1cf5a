import { isDeepStrictEqual } from 'node:util';
import { type JSONValue, jsonpath } from 'json-p3';
import { asJson, isObject, type Json } from './json.ts';

/** An overlay, of version 1.0 or 1.1 of its specification. */
export interface Overlay {
  /** Where the overlay comes from, for messages. */
  readonly name: string;
  readonly actions: readonly Action[];
}

/** One change. With `remove`, the parts that the target selects are removed. Otherwise `copy` and `update` are merged. */
export interface Action {
  readonly target: string;
  readonly description?: string;
  readonly remove?: boolean;
  readonly copy?: string;
  readonly update?: Json;
}

/**
 * Returns a copy of a document with an overlay applied.
 *
 * @throws Error for an action that changes nothing, because its target is then a mistake.
 */
export function applyOverlay<Document extends object>(
  document: Document,
  { name, actions }: Overlay,
): Document {
  let result = asJson(document);
  for (const action of actions) {
    const before = result;
    const subject = `In ${name}, the action on ${action.target}`;
    result = applyAction(result, action, subject);
    if (isDeepStrictEqual(before, result))
      throw new Error(`${subject} changes nothing. Check its target against openapi.json.`);
  }
  return result as object as Document; // Later checks find a correction that breaks the type.
}

function applyAction(document: Json, { target, remove, copy, update }: Action, subject: string): Json {
  // From the last to the first, so that the indexes of a list stay right.
  const places = select(document, target, subject).toReversed();
  const [source] = copy === undefined ? [] : select(document, copy, subject);
  if (copy !== undefined && !source)
    throw new Error(
      `${subject} copies ${copy}, which selects nothing. An earlier action may have moved or removed this part.`,
    );
  const copied = source?.value as Json | undefined;
  return places.reduce((changed, { location }) => {
    if (remove) return changeAt(changed, location, () => undefined) ?? null;
    const merged = [copied, update].filter((part) => part !== undefined);
    return changeAt(changed, location, (value) => merged.reduce(merge, value)) ?? null;
  }, document);
}

function select(document: Json, path: string, subject: string) {
  try {
    return [...jsonpath.query(path, document as JSONValue)];
  } catch (error) {
    throw new Error(`${subject} has a faulty JSONPath, ${path}: ${(error as Error).message}.`);
  }
}

/** Returns a copy of a value that is changed in one place. `undefined` removes what is there. */
function changeAt(
  value: Json,
  [name, ...below]: readonly (string | number)[],
  change: (value: Json) => Json | undefined,
): Json | undefined {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    const changed = changeAt(value[Number(name)] ?? null, below, change);
    return value.toSpliced(Number(name), 1, ...(changed === undefined ? [] : [changed]));
  }
  const { [name]: old = null, ...rest } = Object(value) as { readonly [key: string]: Json };
  const changed = changeAt(old, below, change);
  if (changed === undefined) return rest;
  return { ...(value as object), [name]: changed };
}

/** Objects are merged, lists are concatenated, and anything else is replaced. An entry is appended to a list. */
function merge(old: Json, update: Json): Json {
  if (Array.isArray(old)) return [...old, ...(Array.isArray(update) ? update : [update])];
  if (!isObject(old) || !isObject(update)) return update;
  const merged = Object.entries(update).map(([key, value]) => [
    key,
    old[key] === undefined ? value : merge(old[key], value),
  ]);
  return { ...old, ...Object.fromEntries(merged) };
}
