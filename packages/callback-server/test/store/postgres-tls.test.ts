import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { type PostgresCluster, startTlsPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { incoming } from '../support/incoming-callbacks.ts';

let cluster: PostgresCluster & { port: number };
let folder: string;
beforeAll(async () => {
  const [own, other] = [createIdentity(), createIdentity()];
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  // Some editors write a byte order mark.
  writeFileSync(join(folder, 'own'), `\uFEFF${own.certificate}`);
  writeFileSync(join(folder, 'other'), other.certificate);
  cluster = await startTlsPostgres(own);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster.remove();
});

/** Returns a URL with TLS parameters. `own` and `other` name the files of certificates. */
async function urlWith(host: string, parameters: string): Promise<string> {
  const database = new URL(await cluster.createDatabase()).pathname;
  const files = parameters.replace(/=(own|other)$/, (_, name: string) => `=${join(folder, name)}`);
  return `postgres://postgres:not-a-real-password@${host}:${cluster.port}${database}?${files}`;
}

test.each([
  ['localhost', 'sslmode=require'],
  ['localhost', 'sslmode=no-verify'],
  ['localhost', 'sslmode=require&sslrootcert=own'],
  ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=own'],
  ['localhost', 'sslmode=verify-full&sslrootcert=own'],
])('a connection to %s with %s is encrypted', async (host, parameters) => {
  const url = await urlWith(host, parameters);
  const store = await openStore(url, { onFatal: () => {} });
  onTestFinished(() => store.close());
  await store.keep(incoming('one'), []);
  const sessions = `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
    WHERE application_name = 'callback-server' AND datname = '${new URL(url).pathname.slice(1)}'`;
  expect(await cluster.query(await cluster.createDatabase(), sessions)).toEqual([{ ssl: true }]);
});

test.each([
  ['another authority', 'localhost', 'sslmode=require&sslrootcert=other', 'is not trusted'],
  ['another authority', 'localhost', 'sslmode=verify-ca&sslrootcert=other', 'is not trusted'],
  ['an unknown authority', 'localhost', 'sslmode=verify-full', 'is not trusted'],
  ['another host', '127.0.0.1', 'sslmode=verify-full&sslrootcert=own', 'names another host'],
])('a certificate of %s is refused at %s with %s', async (_, host, parameters, says) => {
  const opening = openStore(await urlWith(host, parameters), { onFatal: () => {} });
  await expect(opening).rejects.toThrow(says);
});
