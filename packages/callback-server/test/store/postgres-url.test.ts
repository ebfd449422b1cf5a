import { expect, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { parsePostgresUrl } from '../../src/store/postgres/postgres-url.ts';
import { token } from '../support/callbacks.ts';

test.each([
  ['an unencoded @ in the password', 'postgres://user:not@real@db.example/name', 'percent-encode'],
  ['an unencoded / in the password', 'postgres://user:not/real@db.example/name', 'percent-encode'],
  ['an unencoded # in the password', 'postgres://user:not#real@db.example/name', 'percent-encode'],
  ['an unencoded ? in the password', 'postgres://user:not?real@db.example/name', 'percent-encode'],
  ['an unencoded % in the password', 'postgres://user:not%real@db.example/name', 'percent-encode'],
  ['a space in the password', 'postgres://user:not real@db.example/name', 'percent-encode'],
  ['a password that is not UTF-8', 'postgres://user:not%FFreal@db.example/name', 'percent-encode'],
  ['a zero byte', 'postgres://user:not%00real@db.example/name', 'percent-encode'],
  ['no host after the password', 'postgres://user:notreal', 'a host and a port'],
  ['an IPv6 address without brackets', 'postgres://2001:db8::1/name', 'a host and a port'],
  ['a port beyond 65535', 'postgres://db.example:99999/name', 'from 1 to 65535 as port'],
  ['several hosts', 'postgres://one.example,two.example/name', 'several hosts'],
  ['several hosts as a parameter', 'postgres:///name?host=one.example,two.example', 'several hosts'],
  ['a host that is named twice', 'postgres://one.example/name?host=two.example', 'the host twice'],
  ['sslmode=prefer', 'postgres://db.example/name?sslmode=prefer', 'sslmode=prefer'],
  ['sslmode=allow', 'postgres://db.example/name?sslmode=allow', 'sslmode=allow'],
  ['an unknown sslmode', 'postgres://db.example/name?sslmode=verify', 'unknown sslmode'],
  ['sslmode=verify-ca alone', 'postgres://db.example/name?sslmode=verify-ca', 'requires sslrootcert'],
  [
    'no-verify with a root',
    'postgres://db.example/name?sslmode=no-verify&sslrootcert=ca',
    'sslmode=no-verify',
  ],
  ['a root without TLS', 'postgres://db.example/name?sslrootcert=ca', 'Add sslmode=verify-full'],
  [
    'a root that is missing',
    'postgres://db.example/name?sslmode=verify-full&sslrootcert=no/ca',
    'sslrootcert',
  ],
  ['a certificate without a key', 'postgres://db.example/name?sslmode=require&sslcert=a', 'sslkey together'],
  ['TLS on a socket', 'postgres:///name?host=/run/postgresql&sslmode=require', 'Unix socket'],
  ['another target', 'postgres://db.example/name?target_session_attrs=standby', 'target_session_attrs'],
  ['a schema as a parameter', 'postgres://db.example/name?search_path=mine', 'search_path'],
  ['ssl=true', 'postgres://db.example/name?ssl=true', 'parameter ssl'],
  ['channel_binding', 'postgres://db.example/name?channel_binding=require', 'channel_binding'],
  ['a parameter of another client', 'postgres://db.example/name?pgbouncer=true', 'pgbouncer'],
  ['an unknown parameter', 'postgres://db.example/name?notreal=1', 'unknown parameter'],
  ['a parameter without a value', 'postgres://db.example/name?sslmode=', 'no value'],
  ['a parameter given twice', 'postgres://db.example/?sslmode=require&sslmode=disable', 'sslmode twice'],
  ['an unlimited statement_timeout', 'postgres://db.example/name?statement_timeout=0', 'statement_timeout'],
  ['an unlimited connect_timeout', 'postgres://db.example/name?connect_timeout=0', 'connect_timeout'],
  ['options that are no settings', 'postgres://db.example/name?options=-f%20s', 'not a setting'],
  ['options with + for a space', 'postgres://db.example/name?options=-c+a=b', 'not a setting'],
  [
    'options that the server would overrule',
    'postgres://db.example/name?options=-c%20a%3D1%20--Statement-Timeout%3D5s',
    'options that set statement_timeout',
  ],
])('serveOptions refuses a database URL with %s', (_, url, says) => {
  const read = () => serveOptions({ CALLBACK_TOKENS: token, DATABASE_URL: url });
  expect(read).toThrow(/^Invalid settings:\n {2}DATABASE_URL: /);
  expect(read).toThrow(says);
  expect(read).not.toThrow(/not.?real/);
});

test.each([
  ['postgres://', { host: undefined, user: undefined, ssl: false, statement_timeout: 10_000 }],
  ['postgresql://db.example:6543/name', { host: 'db.example', port: 6543, database: 'name', ssl: false }],
  [
    'postgres://user:p%40s%2F%23%3F%25%20s@[2001:db8::1]/a%2Fb',
    {
      user: 'user',
      password: 'p@s/#?% s',
      host: '2001:db8::1',
      database: 'a/b',
    },
  ],
  ['postgres://user:a:b@db.example', { user: 'user', password: 'a:b' }],
  ['postgres://user@%2Frun%2Fpostgresql/name', { host: '/run/postgresql', database: 'name' }],
  [
    'postgres:///?host=/run&port=6543&user=u&password=p%26p&dbname=d',
    {
      host: '/run',
      port: 6543,
      user: 'u',
      password: 'p&p',
      database: 'd',
    },
  ],
  ['postgres://db.example/?sslmode=disable', { ssl: false }],
  ['postgres://db.example/?sslmode=require', { ssl: { rejectUnauthorized: false } }],
  ['postgres://db.example/?sslmode=no-verify', { ssl: { rejectUnauthorized: false } }],
  ['postgres://db.example/?sslmode=verify-full', { ssl: { rejectUnauthorized: true } }],
  ['postgres://db.example/?sslmode=verify-full&sslrootcert=system', { ssl: { rejectUnauthorized: true } }],
  [
    'postgres://db.example/?statement_timeout=60000&connect_timeout=3&application_name=mine',
    {
      statement_timeout: 60_000,
      connectionTimeoutMillis: 3000,
      application_name: 'mine',
    },
  ],
  [
    'postgres://db.example/?options=-c search_path=mine --work_mem=8MB',
    {
      options: '-c search_path=mine --work_mem=8MB',
    },
  ],
  ['postgres://db.example/?target_session_attrs=primary', { host: 'db.example' }],
])('parsePostgresUrl parses %s', (url, expected) => {
  expect(parsePostgresUrl(url, undefined)).toMatchObject(expected);
  expect(serveOptions({ CALLBACK_TOKENS: token, DATABASE_URL: url }).databaseUrl).toBe(url);
});

test('PGSSLMODE is the mode of a URL without sslmode, by the same rules', () => {
  expect(parsePostgresUrl('postgres://db.example', 'verify-full').ssl).toEqual({ rejectUnauthorized: true });
  expect(parsePostgresUrl('postgres://db.example?sslmode=disable', 'verify-full').ssl).toBe(false);
  expect(parsePostgresUrl('postgres:///?host=/run', 'verify-full').ssl).toBe(false);
  expect(() => parsePostgresUrl('postgres://db.example', 'prefer')).toThrow(
    'PGSSLMODE, it has sslmode=prefer',
  );
});
