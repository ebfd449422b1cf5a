import { spawn } from 'node:child_process';

// npx starts each command by the name of its package. The command prints the expected text, and is then stopped.
const npx = process.env.NPX_CLI;
const environment = {
  ...process.env,
  PORT: '0',
  ADMIN_PORT: '0',
  CALLBACK_TOKENS: 'not-a-real-callback-token',
};
await start('@partner-ecosystem/mocks', ['--port', '0', '--control-port', '0'], 'control token');
await start('@partner-ecosystem/callback-server', ['serve'], '"listening"');
// The commands of the first run of the README, in its order, each twice.
for (const command of ['migrate', 'migrate', 'doctor', 'doctor'])
  await start('@partner-ecosystem/callback-server', [command], '');
console.log('started and stopped');

async function start(name, args, expected) {
  const command = spawn(process.execPath, [npx, name, ...args], { env: environment, detached: true });
  let printed = '';
  let isStopped = false;
  for (const stream of [command.stdout, command.stderr])
    stream.on('data', (text) => {
      printed += text;
      if (isStopped || expected === '' || !printed.includes(expected)) return;
      isStopped = true; // The last output can arrive after the end of the command, when there is no process to stop.
      process.kill(-command.pid, 'SIGTERM');
    });
  const code = await new Promise((resolve) => command.once('close', resolve));
  if (!printed.includes(expected) || (expected === '' && code !== 0))
    throw new Error(`${name} printed: ${printed}`);
}
