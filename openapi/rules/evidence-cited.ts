import { limitKeywords } from './facts-table.ts';
import { type ContractNode, type Rule, type RuleContext, reportUnknown, type Source } from './rule.ts';

/** The kinds of sources that each kind of evidence may rest on. */
const kindsOfSources: Readonly<Record<string, readonly string[]>> = {
  documented: ['page', 'tenant'],
  observed: ['page', 'code', 'tenant'],
  inferred: ['page', 'code', 'framework', 'standard', 'tenant'],
};

/**
 * Every part of the contract has evidence: servers, operations, responses, parameters, headers, security schemes, objects
 * and arrays. A scalar has the evidence of its object, or its own. All evidence has a basis, and cites sources. A reader
 * can find a source that documents or shows a part: the source has a URL, or is the reader's own tenant.
 */
export const evidenceCited: Rule = () => {
  let sources: Record<string, Source> = {};
  const check = (node: ContractNode, context: RuleContext) => checkEvidence(node, sources, context);
  const require = (node: ContractNode, context: RuleContext) => {
    if (node['x-evidence'] === undefined)
      context.report({ message: `${context.type.name} has no evidence. Add x-evidence.` });
    check(node, context);
  };
  return {
    Root(root, { resolve }) {
      sources = resolve(root['x-evidence-sources']).node ?? {};
    },
    Server: require,
    Operation: require,
    // The success of an operation, and what a receiver responds, have the evidence of the operation.
    Response: (node, context) => (/^[45]\d\d$/.test(String(context.key)) ? require : check)(node, context),
    Parameter: require,
    Header: require,
    SecurityScheme: require,
    Schema: (node, context) => (isComposite(node) ? require : check)(node, context),
    // Keywords beside a $ref are not part of the node that Redocly visits.
    ref: check,
  };
};

function isComposite({ type, properties, items }: ContractNode): boolean {
  return type === 'object' || type === 'array' || properties !== undefined || items !== undefined;
}

function checkEvidence(node: ContractNode, sources: Record<string, Source>, context: RuleContext) {
  const { 'x-evidence': evidence, 'x-evidence-basis': basis, 'x-evidence-source': cited = [] } = node;
  const aspects = Object.entries(node['x-evidence-of'] ?? {});
  if (evidence === undefined) {
    if (basis !== undefined || cited.length > 0 || aspects.length > 0)
      context.report({ message: 'x-evidence-basis, -source and -of need x-evidence. Add x-evidence.' });
    return;
  }
  for (const [aspect, known] of aspects) {
    reportUnknown('x-evidence-of', aspect, ['method', ...limitKeywords], context);
    // A part that a page shows can have an aspect that no page shows.
    reportUnknown('x-evidence of an aspect', known['x-evidence'], ['inferred'], context);
    checkEvidence({ ...known, 'x-evidence': 'inferred' }, sources, context);
  }
  reportUnknown('x-evidence', evidence, Object.keys(kindsOfSources), context);
  if (!basis?.trim())
    context.report({ message: 'x-evidence has no basis. Give the reason in a line of x-evidence-basis.' });
  for (const name of cited) reportUnknown('x-evidence-source', name, Object.keys(sources), context);
  const fitting = kindsOfSources[evidence] ?? [];
  const fits = ({ kind, url }: Source) =>
    fitting.includes(kind) && (evidence === 'inferred' || kind === 'tenant' || url !== undefined);
  if (!cited.some((name) => sources[name] && fits(sources[name])))
    context.report({
      message: `x-evidence "${evidence}" cites no source of the kinds ${fitting.join(', ')} that a reader can find. Add x-evidence-source.`,
    });
}
