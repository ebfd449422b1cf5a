import type { OperationInput, OperationResult } from '../contract/operation-types.ts';

/** A customer's data: by page, by widget of that page, by variable of that widget. */
export type PushValues = {
  readonly [pageId: string]: { readonly [widgetName: string]: { readonly [variable: string]: string } };
};

/** Case of a push. */
export type PushTarget = Pick<OperationInput<'pushMerchant'>, 'flowId' | 'realmId' | 'merchantId'>;

/**
 * Builds the body of a push, with the values in the order of the spec. A widget is pushed with all its variables.
 * Widgets without values are left out, for a later push.
 *
 * @param spec - Result of `getPushMerchantSpec`.
 * @throws TypeError if a value is missing, is not a string, or is unknown to the spec. The message names pages, widgets
 * and variables, but quotes no value.
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
  const problems: string[] = [];
  const data = spec.data.flatMap(({ pageId, widgetName, data: variables }) => {
    const given = values[pageId]?.[widgetName];
    if (given === undefined) return [];
    const names = Object.keys(variables);
    problems.push(...validateWidget(describeWidget(pageId, widgetName), names, given));
    return [{ pageId, widgetName, data: Object.fromEntries(names.map((name) => [name, given[name] ?? ''])) }];
  });
  const known = new Set(spec.data.map(({ pageId, widgetName }) => describeWidget(pageId, widgetName)));
  for (const [pageId, widgets] of Object.entries(values))
    for (const widget of Object.keys(widgets).map((widgetName) => describeWidget(pageId, widgetName)))
      if (!known.has(widget)) problems.push(`${widget} is not in the spec`);
  if (data.length === 0) problems.push('no values are given');
  if (problems.length > 0) throw new TypeError(`Cannot build the push: ${problems.join('; ')}.`);
  return { flowId, realmId, merchantId, data };
}

function describeWidget(pageId: string, widgetName: string): string {
  return `widget ${widgetName} of page ${pageId}`;
}

function validateWidget(widget: string, variables: readonly string[], given: object): string[] {
  const isText = (name: string) => typeof Reflect.get(given, name) === 'string';
  const missing = variables.filter((name) => !isText(name));
  const unknown = Object.keys(given).filter((name) => !variables.includes(name));
  return [
    ...missing.map((name) => `${widget} needs a string for ${name}`),
    ...unknown.map((name) => `${widget} has no variable ${name}`),
  ];
}
