import { execFile } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import { credentials, startProvider } from '../support/provider.ts';
import { ScriptedProvider } from '../support/scripted-provider.ts';
import { startProxy } from './start-proxy.ts';

const [authority, client] = [createIdentity(), createIdentity()];

/** Starts a provider at `https://localhost`, which can require the certificate of `client`. */
async function startSecureProvider({ asksForCertificate = false } = {}) {
  const provider = new ScriptedProvider({});
  const { certificate: cert, key } = authority;
  const options = {
    cert,
    key,
    ca: client.certificate,
    requestCert: asksForCertificate,
    rejectUnauthorized: true,
  };
  const server = createServer(options, (request, response) => void provider.handle(request, response));
  const listening = await listenOnFreePort(server);
  return { ...listening, url: `https://localhost:${listening.port}`, provider };
}

/** Runs a recipe as a program of its own, in a folder with the certificates. Resolves to what it prints. */
async function run(recipe: string, url: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'recipe-'));
  await writeFile(join(folder.path, 'authority.pem'), authority.certificate);
  await writeFile(join(folder.path, 'client.pem'), client.certificate);
  await writeFile(join(folder.path, 'client-key.pem'), client.key);
  const { username, password } = credentials;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL(recipe, import.meta.url))],
    {
      cwd: folder.path,
      env: { PARTNER_URL: url, PARTNER_USERNAME: username, PARTNER_PASSWORD: password, ...environment },
    },
  );
  return stdout.trim();
}

test('a CommonJS module requires the client', async () => {
  await using provider = await startProvider();
  expect(await run('./common-js.cjs', provider.url)).toBe('accept');
});

test('NODE_USE_ENV_PROXY sends requests through the proxy of the environment', async () => {
  await using provider = await startProvider();
  await using proxy = await startProxy();
  const environment = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url };
  expect(await run('./plain.ts', provider.url, environment)).toBe('accept');
  expect(new Set(proxy.targets)).toEqual(new Set([new URL(provider.url).host]));
});

test('a ProxyAgent sends the requests of one client through a proxy', async () => {
  await using provider = await startProvider();
  await using proxy = await startProxy();
  expect(await run('./proxy.ts', provider.url, { PROXY_URL: proxy.url })).toBe('accept');
  expect(new Set(proxy.targets)).toEqual(new Set([new URL(provider.url).host]));
});

test('NODE_EXTRA_CA_CERTS makes Node trust an authority, and nothing is sent to an untrusted server', async () => {
  await using provider = await startSecureProvider();
  await expect(run('./plain.ts', provider.url)).rejects.toThrow('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(provider.provider.arrivals).toEqual([]);
  expect(await run('./plain.ts', provider.url, { NODE_EXTRA_CA_CERTS: 'authority.pem' })).toBe('accept');
});

test('an Agent presents a certificate, and trusts its own authority', async () => {
  await using provider = await startSecureProvider({ asksForCertificate: true });
  await expect(run('./plain.ts', provider.url, { NODE_EXTRA_CA_CERTS: 'authority.pem' })).rejects.toThrow(
    'ConnectionError',
  );
  expect(provider.provider.arrivals).toEqual([]);
  expect(await run('./mutual-tls.ts', provider.url)).toBe('accept');
});
