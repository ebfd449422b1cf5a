import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CommandLine {
  readonly help: boolean;
  readonly port?: number;
  readonly controlPort?: number;
  readonly seed?: string;
}

export const usage = `Usage: partner-sandbox [--port 4010] [--control-port 4011] [--seed 1]

Runs a stateful stand-in of the Partner Ecosystem provider on this machine.

  --port          port of the provider's API: 0 takes a free one
  --control-port  port of the control API: 0 takes a free one
  --seed          fixes every id, user name and token
  --help          shows this`;

/** Reads the command line. Throws an error that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      port: { type: 'string' },
      'control-port': { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const { help = false, port, 'control-port': controlPort, seed } = values;
  return {
    help,
    ...(port !== undefined && { port: readPort('--port', port) }),
    ...(controlPort !== undefined && { controlPort: readPort('--control-port', controlPort) }),
    ...(seed !== undefined && { seed }),
  };
}

function readPort(option: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(`${option} must be a number from 0 to 65535.`);
}
