import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** An e-mail as the server got it. */
interface ReceivedEmail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text. */
  readonly source: string;
}

export const smtpUser = 'not-a-real-user';
export const smtpPassword = 'not/a real@password';
const credentials = [smtpUser, smtpPassword].map(encodeURIComponent).join(':');

/** Starts an SMTP server on a free port of this machine. It accepts one user. */
export async function startSmtpServer(options: SMTPServerOptions = {}) {
  const emails: ReceivedEmail[] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _, callback) => {
      if (username === smtpUser && password === smtpPassword) callback(null, { user: username });
      else callback(new Error('canary'));
    },
    onData: async (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const { mailFrom, rcptTo } = envelope;
      emails.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        source: Buffer.concat(chunks).toString(),
      });
      callback();
    },
    ...options,
  });
  // A client that hangs up is no fault of the test.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo; // A server that listens on a port has no other kind of address.
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return {
    port,
    /** URL with the credentials of the user. */
    urlOf: (scheme: 'smtp' | 'smtps', host = '127.0.0.1') => `${scheme}://${credentials}@${host}:${port}`,
    emails,
  };
}
