import type { Contract, Parameter, Reference } from '../contract/contract.ts';
import type { NamedOperation } from '../contract/operations.ts';
import { flattenSchema } from '../schemas/validation-schemas.ts';
import type { Path } from './changed-parts.ts';
import { type Problem, pathOf } from './problem.ts';

/** An operation in its contract. */
interface Place {
  readonly contract: Contract;
  readonly operation: NamedOperation;
}

/**
 * What the kit cannot follow in the parameters of an operation. The kit sends and reads the parameters that it knows,
 * by name.
 */
export function parameterProblems(known: Place | undefined, corrected: Place): Problem[] {
  const { parameters } = corrected.operation;
  const before = known?.operation.parameters ?? [];
  const added = parameters.flatMap((parameter, index) => {
    const first = parameters.findIndex(({ name }) => name === parameter.name);
    const isKnown = first === index && before.some(({ name }) => name === parameter.name);
    const reason = isKnown ? undefined : additionProblem(corrected.operation, parameter, first < index);
    return reason ? [{ path: pathOf(corrected.operation, 'parameters', `${index}`), reason }] : [];
  });
  return [...(known ? before.flatMap((_, index) => changeProblems(known, index, corrected)) : []), ...added];
}

function additionProblem(
  { operationId, request }: NamedOperation,
  { name, in: where, required, 'x-always-sent': alwaysSent }: Parameter,
  isRepeated: boolean,
): string | undefined {
  const place: string = where; // A correction may have any place.
  if (place === 'header')
    return `Nothing reads the header ${name}. Send it with the client's option headers instead.`;
  if (place === 'cookie') return `Nothing reads the cookie ${name}. The client sends no cookies.`;
  if (request) return `Nothing reads the parameter ${name}, because the operation has a body.`;
  if (isRepeated) return `The operation has the parameter ${name} twice. Give each its own name.`;
  const isDemanded = operationId === 'pullMerchant' && required && alwaysSent === undefined;
  return isDemanded
    ? `The callback server pulls merchants without ${name}. Make it optional, or give its value in x-always-sent.`
    : undefined;
}

/** What the kit cannot follow in a parameter that it knows. */
function changeProblems(
  { contract: base, operation: known }: Place,
  index: number,
  corrected: Place,
): Problem[] {
  const { contract, operation } = corrected;
  const before = known.parameters[index];
  if (!before) return [];
  const { name } = before;
  const position = operation.parameters.findIndex((parameter) => parameter.name === name);
  const after = operation.parameters[position];
  if (!after) {
    const reason = `The client and the sandbox know the parameter ${name}. Keep it, with this name.`;
    const reference = rawParameters({ contract: base, operation: known })[index];
    const isRenamed = rawParameters(corrected).some((other) => referenceOf(other) === referenceOf(reference));
    return [
      { path: isRenamed ? [...pathOfReference(reference), 'name'] : pathOf(operation, 'parameters'), reason },
    ];
  }
  const raw = rawParameters(corrected)[position];
  const path = referenceOf(raw) ? pathOfReference(raw) : pathOf(operation, 'parameters', `${position}`);
  const [old, now] = [flattenSchema(base, before.schema).type, flattenSchema(contract, after.schema).type];
  return [
    ...(after.in === before.in
      ? []
      : [
          {
            path: [...path, 'in'],
            reason: `The client and the sandbox have ${name} in the ${before.in}. Keep it there.`,
          },
        ]),
    ...(before.required && !after.required
      ? [
          {
            path: [...path, 'required'],
            reason: `The sandbox needs ${name}. It has to remain required.`,
          },
        ]
      : []),
    ...(JSON.stringify(old) === JSON.stringify(now)
      ? []
      : [
          {
            path: [...path, 'schema', 'type'],
            reason: `The kit reads and writes the type ${JSON.stringify(old)}. Keep this type.`,
          },
        ]),
  ];
}

function rawParameters({ contract, operation: { path, method } }: Place): (Parameter | Reference)[] {
  return contract.paths[path]?.[method]?.parameters ?? [];
}

function referenceOf(parameter: Parameter | Reference | undefined): string | undefined {
  return parameter && '$ref' in parameter ? parameter.$ref : undefined;
}

function pathOfReference(parameter: Parameter | Reference | undefined): Path {
  return referenceOf(parameter)?.split('/').slice(1) ?? [];
}
