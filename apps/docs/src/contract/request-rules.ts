import type { OperationId } from '@partner-ecosystem/openapi/operations';
import * as shapes from '@partner-ecosystem/openapi/shapes';
import { operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { contract, resolveSchema, textOf } from './contract.ts';

/** A rule that a request has to satisfy, or that we expect it to satisfy. */
interface RequestRule {
  /** Where the rule applies, such as `data[].pageId`. Empty for the whole input. */
  readonly path: string;
  readonly rule: string;
  /** The evidence for the rule; the sandbox refuses a violation. `ours`: we added the rule, and the sandbox warns. */
  readonly whose: string;
}

const limits = [
  'required',
  'enum',
  'pattern',
  'minLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
];

/** Every rule of an operation's input, in the order of the contract. */
export function requestRules(operationId: OperationId): RequestRule[] {
  const operation = operationsOf(contract).find((each) => each.operationId === operationId);
  const body = operation?.request && resolveSchema(operation.request.body.schema);
  const known = body ? textOf(body, 'x-evidence') : (operation?.evidence.evidence ?? '');
  const input = Object.values(shapes).flatMap((each) =>
    'operationId' in each && each.operationId === operationId ? [each.input] : [],
  );
  return input.flatMap((shape) => [...rulesOf(shape, '', known)]);
}

function* rulesOf(shape: shapes.Shape, path: string, known: string): Generator<RequestRule> {
  for (const rule of limitsOf(shape)) yield { path, rule, whose: known };
  for (const rule of limitsOf(shape.expected ?? {})) yield { path, rule, whose: 'ours' };
  for (const [name, property] of Object.entries(shape.properties ?? {}))
    yield* rulesOf(property, path === '' ? name : `${path}.${name}`, known);
  if (shape.items) yield* rulesOf(shape.items, `${path}[]`, known);
  if (shape.additionalProperties && shape.type === 'object')
    yield* rulesOf(shape.additionalProperties, path === '' ? '*' : `${path}.*`, known);
}

function limitsOf(shape: shapes.Shape): string[] {
  const { type, additionalProperties } = shape;
  const values: Readonly<Record<string, unknown>> = { ...shape };
  return [
    ...(type === undefined || type === 'object' ? [] : [`type ${[type].flat().join(' or ')}`]),
    ...limits.filter((name) => name in values).map((name) => `${name} \`${JSON.stringify(values[name])}\``),
    ...(additionalProperties === false ? ['no other property'] : []),
  ].map((rule) => rule.replaceAll('|', '\\|'));
}
