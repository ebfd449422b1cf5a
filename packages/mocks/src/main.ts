import { readCommandLine, usage } from './command-line.ts';
import { type RunningSandbox, startSandbox } from './node.ts';

try {
  const { help, ...options } = readCommandLine(process.argv.slice(2));
  if (help) console.log(usage);
  else stopOnSignal(await announced(startSandbox(options)));
} catch (error) {
  console.error(`partner-sandbox: ${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}

async function announced(starting: Promise<RunningSandbox>): Promise<RunningSandbox> {
  const running = await starting;
  const { realm, administratorToken } = running.sandbox.fixtures;
  const flows = realm.flows.map(({ id, name }) => `${id} (${name})`).join(', ');
  console.log(`Partner Ecosystem sandbox

API                  ${running.url} (all hosts of the provider in one)
control API          ${running.controlUrl}
control token        ${running.controlToken}
back office          ${running.controlUrl}/#token=${running.controlToken}

realm                ${realm.id} (${realm.name})
flow                 ${flows}
administrator token  ${administratorToken}

Begin by creating a partner:
curl ${running.url}/api/distributors -H 'Authorization: ${administratorToken}' \\
  --json '{"username":"example-broker","password":"Not-a-real-password-1"}'`);
  return running;
}

function stopOnSignal({ close }: RunningSandbox): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, close);
}
