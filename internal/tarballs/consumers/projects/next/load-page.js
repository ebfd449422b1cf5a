import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const next = 'node_modules/next/dist/bin/next';
const args = [next, 'start', '--port', '0', '--hostname', '127.0.0.1'];
const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  for await (const line of createInterface(server.stdout)) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url === undefined) continue;
    const html = await (await fetch(url)).text();
    if (!html.includes('<p>accept</p>')) throw new Error(`The page is ${html}`);
    console.log('accept');
    break;
  }
} finally {
  server.kill();
}
