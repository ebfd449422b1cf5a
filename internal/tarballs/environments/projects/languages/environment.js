import { execFile, spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { requests } from '@partner-ecosystem/openapi/examples';

// Lets a program of another language send requests to the sandbox, and receive a callback. With the arguments
// `json URL TOKEN BODY` or `upload URL FILE`, the program prints the response. With `receive`, it prints its port, and then
// the first callback.
const [program, ...prefix] = process.argv.slice(2);
const partner = { username: 'example-broker', password: 'Not-a-real-password-1' };
const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0, partner });
const { realmId, flowId } = requests.createMerchant.customer;
const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0x2d, 0x2d]);
writeFileSync('photo.png', bytes);

async function run(...args) {
  const { stdout } = await promisify(execFile)(program, [...prefix, ...args]);
  return JSON.parse(stdout);
}

async function send(path, token, body) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: token }) };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
}

const { id: token } = await send('/api/distributors/login', undefined, partner);
const customer = JSON.stringify(requests.createMerchant.customer);

const checks = {
  JSON: async () => {
    const { id } = await run('json', `${url}/api/distributors/createMerchant`, token, customer);
    if (!sandbox.backOffice.find(id)) throw new Error(`The sandbox has no case ${id}.`);
  },
  upload: async () => {
    const { file } = await run('upload', `${url}/api/files/upload`, 'photo.png');
    const stored = Buffer.from(await (await fetch(file.directURL)).arrayBuffer());
    if (!stored.equals(bytes)) throw new Error(`The stored file is ${stored.toString('hex')}.`);
  },
  callback: async () => {
    const receiver = spawn(program, [...prefix, 'receive'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const lines = createInterface(receiver.stdout)[Symbol.asyncIterator]();
      const port = /(\d+)\D*$/.exec((await lines.next()).value)[1];
      const callbacks = { accept: `http://127.0.0.1:${port}/accept` };
      const { distributorId } = sandbox.partner;
      await send('/api/distributors/callback', token, { distributorId, realmId, flowId, callbacks });
      const { id: merchantId } = await send('/api/distributors/createMerchant', token, JSON.parse(customer));
      const push = { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId };
      await send('/api/distributors/pushMerchant', token, push);
      sandbox.backOffice.accept(merchantId);
      const { value: printed } = await lines.next();
      if (!printed.includes(merchantId)) throw new Error(`The receiver printed ${printed}`);
    } finally {
      receiver.kill();
    }
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    appendFileSync('cells', `HTTP ${name}: works\n`);
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
  }
}
await close();
