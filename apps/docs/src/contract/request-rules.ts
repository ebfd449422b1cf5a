import type { Evidence } from '@partner-ecosystem/openapi/evidence';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import * as shapes from '@partner-ecosystem/openapi/shapes';
import type { Schema } from '../../../../openapi/generate/contract/contract.ts';
import { type NamedOperation, operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { validationKeywords } from '../../../../openapi/generate/schemas/validation-schemas.ts';
import { aspectsIn, contract, evidenceIn, resolveSchema } from './contract.ts';

/** A rule that a request has to satisfy, or that we expect a request to satisfy. */
interface RequestRule {
  /** Where the rule applies, such as `data[].pageId`. Empty for the whole input. */
  readonly path: string;
  readonly rule: string;
  /** How Signzy's rule is known. `ours`: we added the rule, and the sandbox only warns. */
  readonly whose: Evidence | 'ours';
  /** Whether the sandbox only warns of a violation: no page shows the rule, or other sources show other values. */
  readonly isOnlyWarned?: true;
}

/** The evidence of a part, and of those keywords in the part whose evidence differs. */
interface Known {
  readonly evidence: Evidence;
  readonly aspects: Readonly<Record<string, Evidence>>;
}

/** The keywords that Signzy's pages state. */
const fromPages: ReadonlySet<string> = new Set(['type', 'required', 'enum']);

/** Every rule of an operation's input, in the order of the contract. */
export function requestRules(operationId: OperationId): RequestRule[] {
  const operation = operationsOf(contract).find((each) => each.operationId === operationId);
  const input = Object.values(shapes).flatMap((each) =>
    'operationId' in each && each.operationId === operationId ? [each.input] : [],
  );
  if (!operation) throw new Error(`The contract has no operation ${operationId}.`);
  const { evidence, aspects, request } = operation;
  return [
    ...input.flatMap(({ type = 'object', ...parameters }) => {
      // Only we treat the parameters as an object, so their type is not a rule of the provider.
      const shape = request ? { ...parameters, type } : parameters;
      return [...rulesOf(shape, inputOf(operation), '', { evidence, aspects })];
    }),
    ...rulesWithoutKeyword(operation),
  ];
}

/** Rules of ours that no keyword of a schema states. */
function rulesWithoutKeyword({ operationId, evidence, security }: NamedOperation): RequestRule[] {
  const isQueryOpen = security.some((scheme) => 'AccessTokenQuery' in scheme);
  return [
    ...(isQueryOpen && evidence.evidence === 'inferred'
      ? [
          {
            path: 'access_token',
            rule: 'the token is in the header',
            whose: 'ours',
            isOnlyWarned: true,
          } as const,
        ]
      : []),
    ...(operationId === 'pushMerchant'
      ? [{ path: 'data[]', rule: 'no widget twice on a page', whose: 'ours', isOnlyWarned: true } as const]
      : []),
  ];
}

/** The schema of a body, or a schema with the parameters as its properties. */
function inputOf({ request, parameters }: NamedOperation): Schema {
  if (request) return resolveSchema(request.body.schema);
  return {
    properties: Object.fromEntries(
      parameters.map(({ name, schema, required: _, ...parameter }) => [
        name,
        { ...resolveSchema(schema), ...parameter },
      ]),
    ),
  };
}

function* rulesOf(
  shape: shapes.Shape,
  schema: Schema,
  path: string,
  inherited: Known,
): Generator<RequestRule> {
  const own = evidenceIn(schema);
  const aspects = { ...inherited.aspects, ...aspectsIn(schema) };
  const known = { evidence: own ?? inherited.evidence, aspects };
  for (const { keyword, rule } of limitsOf(shape))
    yield { path, rule, whose: known.aspects[keyword] ?? known.evidence };
  for (const { keyword, rule } of limitsOf(shape.expected ?? {})) {
    const ownEvidence = fromPages.has(keyword) ? known.evidence : 'ours';
    yield { path, rule, whose: known.aspects[keyword] ?? ownEvidence, isOnlyWarned: true };
  }
  const within = (part: shapes.Shape, at: string, child: unknown) =>
    rulesOf(part, typeof child === 'object' ? resolveSchema(child as Schema) : {}, at, known);
  const { properties = {}, items, additionalProperties } = schema;
  for (const [name, property] of Object.entries(shape.properties ?? {}))
    yield* within(property, path === '' ? name : `${path}.${name}`, properties[name]);
  if (shape.items) yield* within(shape.items, `${path}[]`, items);
  if (shape.additionalProperties && shape.type === 'object')
    yield* within(shape.additionalProperties, path === '' ? '*' : `${path}.*`, additionalProperties);
}

/** Each limit of a value: its keyword, and the rule in words. */
function limitsOf(shape: shapes.Shape): { keyword: string; rule: string }[] {
  const { type, additionalProperties } = shape;
  const values: Readonly<Record<string, unknown>> = { ...shape };
  return [
    ...(type === undefined ? [] : [{ keyword: 'type', rule: `type ${[type].flat().join(' or ')}` }]),
    ...[...validationKeywords]
      .filter((name) => name !== 'type' && name in values)
      .map((name) => ({ keyword: name, rule: `${name} \`${JSON.stringify(values[name])}\`` })),
    ...(additionalProperties === false
      ? [{ keyword: 'additionalProperties', rule: 'no other property' }]
      : []),
  ].map(({ keyword, rule }) => ({ keyword, rule: rule.replaceAll('|', '\\|') }));
}
