import { parseCommandLine, usage } from './command-line.ts';
import { type RunningSandbox, startSandbox } from './node.ts';

try {
  const { help, ...options } = parseCommandLine(process.argv.slice(2));
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
