import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent, CallbackServerOptions } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { run } from '../support/running-binary.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { smtpPassword, smtpUser, startSmtpServer } from '../support/smtp-server.ts';
import { withoutPackage } from '../support/without-package.ts';

const intervalMs = 600;
const from = 'callbacks@sender.example';
const to = ['operator@bank.example', 'second@bank.example'];

/** Starts a server that notifies by e-mail, and posts a callback that is given up at once. */
async function tellByEmail(url: string, options: Partial<CallbackServerOptions> = {}) {
  const events: CallbackServerEvent[] = [];
  const { server, post } = await startServer(
    {
      deliveryDelaysMs: [],
      notify: { email: { url, from, to }, intervalMs },
      onEvent: (event) => events.push(event),
      ...options,
    },
    (running) => running.on('accept', () => Promise.reject(new Error('canary'))),
  );
  await post('accept', callback('accept', { id: 'canary-merchant', name: 'Canary' }));
  const outcomes = () => events.flatMap((event) => (event.type === 'notification' ? [event.outcome] : []));
  return { server, events, outcomes };
}

test('a dead letter is reported by e-mail, with its ids and a link, and without personal data', async () => {
  const { urlOf, emails } = await startSmtpServer();
  const adminUrl = 'https://admin.example';
  const { server, events } = await tellByEmail(urlOf('smtp'), {
    adminUrl,
    adminTokens: ['not-a-real-token-1'],
  });
  await eventually(() => expect(emails).toHaveLength(1));
  const [{ source, ...envelope }] = emails as [(typeof emails)[0]];
  const [kept] = await server.callbacks.list();
  expect(envelope).toEqual({ from, to });
  expect(source).toContain('Subject: 1 callback was given up on the way to the route handler.\r\n');
  expect(source).toContain('Auto-Submitted: auto-generated\r\n');
  expect(source).toContain(kept?.id);
  expect(source).toContain(adminUrl);
  expect(JSON.stringify([source, events])).not.toMatch(/canary/i);
  expect(JSON.stringify([source, events])).not.toContain(smtpPassword);
});

test.each([
  ['wrong credentials', 'canary', 'SMTP server refuses the credentials (535)'],
  ['an unknown recipient', smtpUser, 'SMTP server refuses the sender or a recipient (550)'],
])(
  'the log says that the server refuses %s, and shows no secret and no response',
  async (_, user, outcome) => {
    const refusal = Object.assign(new Error('canary'), { responseCode: 550 });
    const { urlOf, emails } = await startSmtpServer({
      onRcptTo: (_address, _session, done) => done(refusal),
    });
    const { outcomes, events } = await tellByEmail(urlOf('smtp').replace(smtpUser, user));
    await eventually(() => expect(outcomes()[0]).toBe(outcome));
    expect(emails).toEqual([]);
    expect(JSON.stringify(events)).not.toContain('canary');
  },
);

test('an SMTP server that never speaks delays no callback and no stop', async () => {
  const silent = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await eventually(() => expect(silent.listening).toBe(true));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const { server } = await tellByEmail(`smtp://127.0.0.1:${port}`, { graceMs: 500 });
  await eventually(async () =>
    expect(await server.metrics()).toContain('callback_server_dead_letters{route="handler"} 1\n'),
  );
  const startedAt = performance.now();
  await server.stop();
  expect(performance.now() - startedAt).toBeLessThan(9000);
});

test('the doctor sends a test by e-mail only with --notify, over TLS with a trusted certificate', async () => {
  const { key, certificate } = createIdentity();
  const { urlOf, emails } = await startSmtpServer({ secure: true, key, cert: certificate });
  const database = temporaryDatabase();
  const file = (name: string, content: string) => {
    const path = join(dirname(database), name);
    writeFileSync(path, content);
    return path;
  };
  const environment = {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${database}`,
    NOTIFY_EMAIL_URL_FILE: file('url', urlOf('smtps', 'localhost')),
    NOTIFY_EMAIL_FROM: from,
    NOTIFY_EMAIL_TO: to.join(),
  };
  const trusting = { ...environment, NODE_EXTRA_CA_CERTS: file('certificate', certificate) };
  const doctor = async (args: string[], settings: Record<string, string>) => {
    const running = run(['doctor', ...args], settings);
    await running.exit;
    expect(running.output()).not.toContain(encodeURIComponent(smtpPassword));
    return running.output();
  };
  expect(await doctor(['--notify'], environment)).toMatch(/^failure {2}notify e-mail: cannot be used: TLS/m);
  expect(await doctor([], trusting)).toMatch(
    /^ok {7}notify e-mail: is reached, and accepts the credentials/m,
  );
  expect(emails).toEqual([]);
  expect(await doctor(['--notify'], trusting)).toMatch(/^ok {7}notify e-mail: has taken the test message/m);
  expect(emails).toMatchObject([{ from, to, source: expect.stringContaining('This is a test.') }]);
});

test('without nodemailer, the start names the setting and what to install', async () => {
  const server = run(['serve'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${temporaryDatabase()}`,
    NOTIFY_EMAIL_URL: 'smtps://canary:canary@mail.example',
    NOTIFY_EMAIL_FROM: from,
    NOTIFY_EMAIL_TO: to.join(),
    ...withoutPackage('nodemailer'),
  });
  expect(await server.exit).toBe(2);
  expect(server.output()).toContain(
    'NOTIFY_EMAIL_URL: e-mail needs a client that is not installed. Install it: npm install nodemailer\n',
  );
  expect(server.output()).not.toContain('canary');
});

test('nothing is sent in plaintext to another machine', async () => {
  const { urlOf, emails } = await startSmtpServer({ disabledCommands: ['STARTTLS'] });
  // Linux connects this address to its own machine, but the settings treat it as another machine.
  const { outcomes } = await tellByEmail(urlOf('smtp', '0.0.0.0'));
  await eventually(() => expect(outcomes()[0]).toBe('TLS failed, or STARTTLS is missing (500)'));
  expect(emails).toEqual([]);
});
