import { spawn } from 'node:child_process';

// Each command starts by the name of its package, prints what it waits for, and stops.
const npx = process.env.NPX_CLI;
const environment = {
  ...process.env,
  PORT: '0',
  ADMIN_PORT: '0',
  CALLBACK_TOKENS: 'not-a-real-callback-token',
};
await start('@partner-ecosystem/mocks', ['--port', '0', '--control-port', '0'], 'control token');
await start('@partner-ecosystem/callback-server', ['serve'], '"listening"');
// The first run of the README, in its order and twice.
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
      isStopped = true; // Its last words can arrive after its end, when nothing can be stopped any more.
      process.kill(-command.pid, 'SIGTERM');
    });
  const code = await new Promise((resolve) => command.once('close', resolve));
  if (!printed.includes(expected) || (expected === '' && code !== 0))
    throw new Error(`${name} printed: ${printed}`);
}
