import type { SandboxControl } from '../../src/control-client.ts';
import { dataOf } from '../control/data-of.ts';
import type { Fault, Schemas } from '../control/schemas.ts';

type FaultSpec = Schemas['FaultSpec'];

/** What a fault strikes, in words. */
export function targetWords({ operation, callback }: Fault): string {
  if (operation !== undefined) return operation === '*' ? 'every operation' : operation;
  return callback === '*' ? 'every callback' : `the ${callback} callback`;
}

/** The parameters that only some kinds of faults have, and the rate. */
export function parametersOf(fault: Fault): { readonly [name: string]: unknown } {
  return without(fault, [
    'id',
    'kind',
    'operation',
    'callback',
    'times',
    'struck',
    'considered',
    'ttl',
    'expiresAt',
  ]);
}

/** Adds a removed fault once more. Its strikes begin at zero. */
export async function addAgain(control: SandboxControl, fault: Fault): Promise<void> {
  const spec = without(fault, ['id', 'struck', 'considered', 'expiresAt']);
  await dataOf(control.POST('/faults', { body: spec as FaultSpec })); // The control API validates the fault.
}

function without(fault: Fault, names: readonly string[]): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(fault).filter(([name]) => !names.includes(name)));
}

/** The values of the form, as the person typed them. */
export interface FaultDraft {
  /** `operation` or `callback`, a space, and its name or `*`. */
  readonly target: string;
  readonly kind: string;
  readonly times: string;
  readonly rate: string;
  readonly ttl: string;
  readonly parameters: { readonly [name: string]: string };
}

/** Turns a form into a fault. The control API validates the fault, and explains what is wrong. */
export function specOf({ target, kind, times, rate, ttl, parameters }: FaultDraft): FaultSpec {
  const [side = '', name = ''] = target.split(' ');
  const given = Object.entries({ times, rate, ttl, ...parameters }).filter(([, text]) => text.trim() !== '');
  const spec = {
    [side]: name,
    kind,
    ...Object.fromEntries(given.map(([key, text]) => [key, numberOrText(text.trim())])),
  };
  return spec as FaultSpec;
}

/** A text of digits is a number; `2s` and `/result` are texts. */
export function numberOrText(text: string): string | number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
