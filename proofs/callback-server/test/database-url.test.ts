import { inspect } from 'node:util';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

let cluster: PostgresCluster;
let url: URL;
beforeAll(async () => {
  cluster = await startPostgres();
  url = new URL(await cluster.createDatabase());
  await cluster.query(
    String(url),
    `CREATE ROLE odd LOGIN; ALTER DATABASE ${url.pathname.slice(1)} OWNER TO odd`,
  );
});
afterAll(() => cluster.remove());

/** Characters between the recognisable parts of a password. Some have a meaning in a URL or in SQL. */
const odd = fc.constantFrom(
  ...'@:/?#%&=+,;$!*()[]{}<>|^`~\'"\\ \t\n',
  ...[
    '%41',
    '%zz',
    '%00',
    '%ff',
    '//',
    '://',
    '@@',
    '?sslmode=disable',
    '#x',
    'ü',
    'ß',
    '漢',
    '😀',
    '-',
    '.',
    '_',
  ],
);
const passwords = fc
  .array(odd, { minLength: 1, maxLength: 4 })
  .map((parts) => `canary${parts.map((part, index) => `${part}canary${index}`).join('')}`);

/** Opens the database. Resolves to everything that an error says, in any of its properties. */
async function open(databaseUrl: string): Promise<string | undefined> {
  try {
    const server = await createCallbackServer({ databaseUrl, callbackTokens: ['not-a-real-callback-token'] });
    await server.stop();
    return undefined;
  } catch (error) {
    return inspect(error, { showHidden: true, depth: 10 });
  }
}

test(`an encoded password is used exactly, and no error quotes a password (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  const urlWith = (userInfo: string) => `postgres://${userInfo}@${url.host}${url.pathname}`;
  const property = fc.asyncProperty(passwords, async (password) => {
    await cluster.query(String(url), `ALTER ROLE odd PASSWORD '${password.replaceAll("'", "''")}'`);
    expect(await open(urlWith(`odd:${encodeURIComponent(password)}`))).toBeUndefined();
    for (const wrong of [`odd:${encodeURIComponent(`${password}x`)}`, encodeURIComponent(password)])
      expect(await open(urlWith(wrong))).toMatch(/DATABASE_URL/);
    for (const userInfo of [
      `odd:${password}`,
      `odd:${encodeURIComponent(`${password}x`)}`,
      password,
      `:${password}`,
    ])
      expect((await open(urlWith(userInfo))) ?? '').not.toContain('canary');
    // A host or a database that is really a part of the password.
    for (const address of [password, `${password}@`, `odd:${password}`, `odd@nohost.invalid/${password}`])
      expect((await open(`postgres://${address}`)) ?? '').not.toContain('canary');
  });
  await fc.assert(property, { seed, numRuns: 15 });
});
