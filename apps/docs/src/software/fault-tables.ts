import { behaviours, callbackFaultKinds, requestFaultKinds } from '@partner-ecosystem/mocks';
import { faultParameters } from '../../../../packages/mocks/src/core/faults/fault-parameters.ts';
import { transports } from '../../../../packages/mocks/src/core/model/transmission.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';

/** Every fault of a response, from the sandbox's own table. */
export function responseFaultsTable(): string {
  const rows = Object.entries(requestFaultKinds).map(([kind, { commits, shows, ...facts }]) => {
    const support = transports.map((transport) => (facts.transports.includes(transport) ? 'yes' : 'refused'));
    return [code(kind), shows, parametersOf(kind), commits, ...support, behaviours[facts.behaviour].fidelity];
  });
  return table(['kind', 'the caller sees', 'parameters', 'strikes', ...transports, 'fidelity'], rows);
}

/** Every fault of a callback, from the sandbox's own table. */
export function callbackFaultsTable(): string {
  return table(
    ['kind', 'the receiver sees', 'parameters'],
    Object.entries(callbackFaultKinds).map(([kind, shows]) => [code(kind), shows, parametersOf(kind)]),
  );
}

/** The parameters of a kind, each with an example. */
function parametersOf(kind: string): string {
  const parameters = Object.entries(faultParameters[kind] ?? {}).map(
    ([name, { example, required, ...parameter }]) => {
      const values =
        'options' in parameter ? `: ${parameter.options.join(', ')}` : `, such as ${code(example)}`;
      return `${code(name)}${required ? ' (required)' : ''}${values}`;
    },
  );
  return parameters.join('; ');
}
