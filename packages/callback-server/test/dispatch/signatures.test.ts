import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { createCallbackServer } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

/** Secrets of all forms that the library takes. */
const secrets = [
  'bm90IGEgcmVhbCBzZWNyZXQgMSE=',
  'whsec_bm90IGEgcmVhbCBzZWNyZXQgMiEh',
  'whsec_bm90IGEgcmVhbCBzZWNyZXQgMw',
  Buffer.from(Array.from({ length: 100 }, (_, byte) => 255 - byte)).toString('base64'),
];

async function startTarget() {
  const posted: IncomingHttpHeaders[] = [];
  const target = createServer((incoming, outgoing) => {
    posted.push(incoming.headers);
    outgoing.writeHead(200).end();
  });
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  return { url, posted };
}

test.each([
  ['of ASCII', callback('accept')],
  ['of several alphabets', callback('accept', { name: 'Āsha ✓ 😀' })],
])(
  'the library of Standard Webhooks creates the same signatures of a body %s, and verifies them',
  async (_, body) => {
    const { url, posted } = await startTarget();
    const { post } = await startServer({ routes: [{ name: 'signed', url, secrets }] });
    await post('accept', body);
    await eventually(() => expect(posted).toHaveLength(1));
    const headers = posted[0] as Record<string, string>;
    const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signatures = secrets.map((secret) =>
      new Webhook(secret).sign(headers['webhook-id'] ?? '', sentAt, body),
    );
    expect(headers['webhook-signature']).toBe(signatures.join(' '));
    for (const secret of secrets) {
      const webhook = new Webhook(secret);
      expect(() => webhook.verify(body, headers)).not.toThrow();
      expect(() => webhook.verify(`${body} `, headers)).toThrow('No matching signature');
    }
    expect(() => new Webhook(btoa('not the secret')).verify(body, headers)).toThrow('No matching signature');
  },
);

test.each([
  '',
  'whsec_',
  'a',
  'canary secret',
  'Y2FuYXJ5LWNhbmFyeS1jYW5hcnk===',
  'Y2FuYXJ5_LWNhbmFyeS1jYW5hcnk',
])('the secret `%s` is refused, and not quoted', async (secret) => {
  if (secret !== '') expect(() => new Webhook(secret)).toThrow();
  const refused = createCallbackServer({
    callbackTokens: [token],
    forwardUrl: 'https://forward.example/',
    forwardSecret: secret,
  });
  await expect(refused).rejects.toThrow(
    /must be a Standard Webhooks secret: base64, with or without the prefix whsec_\./,
  );
  await expect(refused).rejects.not.toThrow(/canary|Y2Fu/);
});
