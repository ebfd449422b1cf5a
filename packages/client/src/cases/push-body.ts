import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import { unchecked } from '../http/http-result.ts';

/**
 * A customer's data: by page, by widget of that page, by variable of that widget. Signzy's field table has only texts.
 * Pushes of other products also have lists of URLs, and the platform returns some scores as numbers.
 */
export type PushValues = {
  readonly [pageId: string]: { readonly [widgetName: string]: { readonly [variable: string]: PushValue } };
};

type PushValue = string | number | boolean | readonly PushValue[];

/** Ids of the case that a push belongs to. */
export type PushTarget = Pick<OperationInput<'pushMerchant'>, 'flowId' | 'realmId' | 'merchantId'>;

/**
 * Builds the body of a push, with the values in the order of the spec. A widget is pushed with all its variables.
 * Widgets without values are left out, for a later push.
 *
 * @param spec - Result of `getPushMerchantSpec`.
 * @throws TypeError if a value is missing, null, an object, or not in the spec. Also if there are no values, or if the spec
 * is not a list of widgets. The message names pages, widgets and variables, but quotes no value.
 * @example
 * ```ts
 * const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
 * const values = { [pageId]: { 'Business Pan': { BusinessPanName: 'Example Traders', BusinessPanImage: directURL } } };
 * await partner.pushMerchant(pushBody(spec, { flowId, realmId, merchantId }, values));
 * ```
 */
export function pushBody(
  spec: OperationResult<'getPushMerchantSpec'>,
  { flowId, realmId, merchantId }: PushTarget,
  values: PushValues,
): OperationInput<'pushMerchant'> {
  const widgets = readWidgets(spec);
  const problems: string[] = [];
  const data = widgets.flatMap(({ pageId, widgetName, variables }) => {
    const given = readOwn(readOwn(values, pageId), widgetName);
    if (given === undefined) return [];
    for (const problem of findProblems(variables, given))
      problems.push(`${describeWidget(pageId, widgetName)} ${problem}`);
    const named = variables.map((name) => [name, readOwn(given, name)]);
    return [{ pageId, widgetName, data: Object.fromEntries(named) }];
  });
  // The printed names of two widgets can be equal.
  const keyOf = (...names: readonly [pageId: string, widgetName: string]) => JSON.stringify(names);
  const known = new Set(widgets.map(({ pageId, widgetName }) => keyOf(pageId, widgetName)));
  for (const [pageId, given] of Object.entries(Object(values)))
    for (const widgetName of Object.keys(Object(given)))
      if (!known.has(keyOf(pageId, widgetName)))
        problems.push(`${describeWidget(pageId, widgetName)} is not in the spec`);
  if (data.length === 0) problems.push('no values are given');
  if (problems.length > maxProblems) problems.splice(maxProblems, problems.length, 'and more');
  if (problems.length > 0) throw new TypeError(`Cannot build the push: ${problems.join('; ')}.`);
  return { flowId, realmId, merchantId, data };
}

const maxProblems = 20;

interface Widget {
  readonly pageId: string;
  readonly widgetName: string;
  readonly variables: readonly string[];
}

/** @throws TypeError if the spec, which the provider sent, is not a list of widgets. */
function readWidgets(spec: unknown): Widget[] {
  const items = unchecked(spec)?.['data'];
  return (Array.isArray(items) ? items : [undefined]).map((item: unknown) => {
    const [pageId, widgetName, data] = ['pageId', 'widgetName', 'data'].map(
      (name) => unchecked(item)?.[name],
    );
    if (typeof pageId === 'string' && typeof widgetName === 'string' && Object(data) === data)
      return { pageId, widgetName, variables: Object.keys(Object(data)) };
    throw new TypeError('Cannot build the push: the spec is not a list of widgets with pages and variables.');
  });
}

function describeWidget(pageId: string, widgetName: string): string {
  return `widget ${printable(widgetName)} of page ${printable(pageId)}`;
}

/** Names come from the provider, and can be of any length and alphabet. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{M}\p{N} _.-]/gu, '?').slice(0, 60);
}

/** Reads a property that the caller gave, unlike `constructor`, which every object has. */
function readOwn(object: unknown, name: string): unknown {
  return Object.hasOwn(Object(object), name) ? unchecked(object)?.[name] : undefined;
}

function findProblems(variables: readonly string[], given: unknown): string[] {
  const known = new Set(variables);
  const missing = variables.filter((name) => !isPushValue(readOwn(given, name)));
  const unknown = Object.keys(Object(given)).filter((name) => !known.has(name));
  return [
    ...missing.map((name) => `needs a value for ${printable(name)}`),
    ...unknown.map((name) => `has no variable ${printable(name)}`),
  ];
}

/** A list that is nested deeper than this is a mistake, such as a list that contains itself. */
const maxDepth = 20;

function isPushValue(value: unknown, depth = 0): boolean {
  if (Array.isArray(value)) return depth < maxDepth && value.every((item) => isPushValue(item, depth + 1));
  return typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean'].includes(typeof value);
}
