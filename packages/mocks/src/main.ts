import { parseArgs } from 'node:util';
import { type RunningSandbox, startSandbox } from './node.ts';

const usage = `Usage: partner-sandbox [--port 4010] [--control-port 4011] [--seed 1]

Runs a stateful test double of the Partner Ecosystem provider on this machine.

  --port          port of the provider's API; 0 selects a free port
  --control-port  port of the control API; 0 selects a free port
  --seed          fixes every id, user name and token
  --help          shows this help`;

try {
  const { help, ...options } = parseCommandLine();
  if (help) console.log(usage);
  else {
    const running = await startSandbox(options);
    console.log(greeting(running));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, running.close);
  }
} catch (error) {
  console.error(`partner-sandbox: ${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}

function parseCommandLine() {
  const { values } = parseArgs({
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

function greeting({ url, controlUrl, controlToken, sandbox }: RunningSandbox): string {
  const { realm, administratorToken } = sandbox.fixtures;
  const flows = realm.flows.map(({ id, name }) => `${id} (${name})`).join(', ');
  return `Partner Ecosystem sandbox

API                  ${url} (all hosts of the provider in one)
control API          ${controlUrl}
control token        ${controlToken}
back office          ${controlUrl}/#token=${controlToken}

realm                ${realm.id} (${realm.name})
flow                 ${flows}
administrator token  ${administratorToken}

Begin by creating a partner:
curl ${url}/api/distributors -H 'Authorization: ${administratorToken}' \\
  --json '{"username":"example-broker","password":"Not-a-real-password-1"}'`;
}
