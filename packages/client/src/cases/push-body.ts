import type { OperationInput, OperationResult } from '../contract/operation-types.ts';

/** What a customer answered: by page, by widget of that page, by variable of that widget. */
export type Answers = {
  readonly [pageId: string]: { readonly [widgetName: string]: { readonly [variable: string]: string } };
};

/** Which case a push is about. */
export type PushTarget = Pick<OperationInput<'pushMerchant'>, 'flowId' | 'realmId' | 'merchantId'>;

type Item = OperationInput<'pushMerchant'>['data'][number];

/**
 * The body of a push: the answers in the order of the spec, one item for each widget that is answered, and each item
 * whole. Widgets without an answer are left out, for a later push.
 *
 * @param spec - What `getPushMerchantSpec` answered.
 * @throws TypeError where an answer is missing in a widget, belongs to nothing in the spec, or is no string. It names
 * pages, widgets and variables, and quotes no answer.
 * @example
 * ```ts
 * const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
 * const answers = { [pageId]: { 'Business Pan': { BusinessPanName: 'Example Traders', BusinessPanImage: directURL } } };
 * await partner.pushMerchant(pushBody(spec, { flowId, realmId, merchantId }, answers));
 * ```
 */
export function pushBody(
  spec: OperationResult<'getPushMerchantSpec'>,
  { flowId, realmId, merchantId }: PushTarget,
  answers: Answers,
): OperationInput<'pushMerchant'> {
  const problems: string[] = [];
  const known = new Set<string>();
  const data = spec.data.flatMap(({ pageId, widgetName, data: variables }): Item[] => {
    known.add(place(pageId, widgetName));
    const given = answers[pageId]?.[widgetName];
    if (given === undefined) return [];
    problems.push(...compare(place(pageId, widgetName), Object.keys(variables), given));
    // In the order of the spec, which a page's variables keep as well.
    return [
      {
        pageId,
        widgetName,
        data: Object.fromEntries(Object.keys(variables).map((name) => [name, given[name] ?? ''])),
      },
    ];
  });

  for (const [pageId, widgets] of Object.entries(answers))
    for (const widgetName of Object.keys(widgets))
      if (!known.has(place(pageId, widgetName)))
        problems.push(`${place(pageId, widgetName)} is not in the spec`);
  if (data.length === 0) problems.push('nothing is answered');
  if (problems.length > 0) throw new TypeError(`The push cannot be made: ${problems.join('; ')}.`);
  return { flowId, realmId, merchantId, data };
}

function place(pageId: string, widgetName: string): string {
  return `widget ${widgetName} of page ${pageId}`;
}

function compare(where: string, variables: readonly string[], given: object): string[] {
  const isText = (name: string) => typeof Reflect.get(given, name) === 'string';
  const missing = variables
    .filter((name) => !isText(name))
    .map((name) => `${where} needs a text for ${name}`);
  const unknown = Object.keys(given).filter((name) => !variables.includes(name));
  return [...missing, ...unknown.map((name) => `${where} has no ${name}`)];
}
