import type { components, SandboxControl } from '../control/control-client.ts';
import { parseOptions } from './parse-options.ts';

export type Schemas = components['schemas'];

/** A command for a running sandbox failed. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** The user gave a command with a mistake. */
export class UsageError extends Error {}

export interface Call {
  readonly control: SandboxControl;
  readonly args: readonly string[];
  readonly values: ReturnType<typeof parse>['values'];
  /** Prints rows as text, or as JSON with `--json`. */
  readonly print: <Row>(rows: readonly Row[], describe: (row: Row) => string) => void;
}

export interface Command {
  /** The options of this command, in addition to the options of every command. */
  readonly options?: readonly string[];
  /** @default 0 */
  readonly maxArguments?: number;
  readonly run: (call: Call) => Promise<void>;
}

export function parse(args: readonly string[]) {
  return parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      'control-url': { type: 'string' },
      'control-token': { type: 'string' },
      sandbox: { type: 'string' },
      json: { type: 'boolean' },
      follow: { type: 'boolean' },
      status: { type: 'string' },
      reason: { type: 'string' },
      instructions: { type: 'string' },
    },
  });
}

const commonOptions: readonly string[] = ['control-url', 'control-token', 'sandbox', 'json'];

interface Given extends Pick<Command, 'options' | 'maxArguments'> {
  readonly given: readonly string[];
  readonly values: object;
}

/** @throws UsageError for an option or an argument that would have no effect. */
export function assertArguments(
  name: string,
  { options = [], maxArguments = 0, given, values }: Given,
): void {
  const option = Object.keys(values).find((each) => ![...commonOptions, ...options].includes(each));
  if (option !== undefined) throw new UsageError(`${name} has no option --${option}.`);
  if (given.length > maxArguments)
    throw new UsageError(`${name} does not take the argument ${JSON.stringify(given[maxArguments])}.`);
}

export const noControlApi =
  'The address of --control-url is not the address of a control API. Use the address that the server printed at its start.';

/** How a call of the control API ended. */
interface ControlResult<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws UsageError if the control API refused an argument, and CommandFailure for any other error response. */
export function dataOf<Data>({ data, error, response }: ControlResult<Data>): Data {
  if (error === undefined) return data as Data; // Without an error, there is a response with its data.
  if (response.status === 401)
    throw new CommandFailure(
      'The sandbox refuses the control token. Give the token that the sandbox prints when it starts, with --control-token or SANDBOX_CONTROL_TOKEN.',
    );
  const { detail } = Object(error) as { readonly detail?: unknown };
  // The control API has refused an argument.
  if (response.status === 400 && typeof detail === 'string') throw new UsageError(detail);
  throw new CommandFailure(`${detail ?? noControlApi}`);
}
