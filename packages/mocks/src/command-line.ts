import { parseArgs } from 'node:util';

/** The options on the command line. */
export interface CommandLine {
  readonly help: boolean;
  readonly port?: number;
  readonly controlPort?: number;
  readonly seed?: string;
}

export const usage = `Usage: partner-sandbox [--port 4010] [--control-port 4011] [--seed 1]

Runs a stateful test double of the Partner Ecosystem provider on this machine.

  --port          port of the provider's API; 0 selects a free port
  --control-port  port of the control API; 0 selects a free port
  --seed          fixes every id, user name and token
  --help          shows this help`;

/** Parses the command line. Throws an error that describes the invalid option. */
export function parseCommandLine(args: readonly string[]): CommandLine {
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
    ...(port !== undefined && { port: parsePort('--port', port) }),
    ...(controlPort !== undefined && { controlPort: parsePort('--control-port', controlPort) }),
    ...(seed !== undefined && { seed }),
  };
}

function parsePort(option: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(`${option} must be a number from 0 to 65535.`);
}
