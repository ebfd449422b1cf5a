import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { describeEntry } from './describe-entry.ts';
import { loadEmailClient } from './email-client.ts';
import { type EmailOptions, smtpConnectionOf } from './email-options.ts';
import type { Notification } from './notification.ts';
import type { NotificationTarget } from './notification-target.ts';

interface EmailTarget extends NotificationTarget {
  /** Connects and logs in, and sends nothing. */
  readonly verify: () => Promise<void>;
}

/** Maximum milliseconds of each step, and of silence between two steps. */
const maxStepMs = 10_000;

/**
 * Loads the client of SMTP. Each e-mail has a connection of its own.
 *
 * @throws EmailClientMissingError if `nodemailer` is not installed.
 */
export async function loadEmailTarget({ url, from, to }: EmailOptions): Promise<EmailTarget> {
  const { createTransport } = await loadEmailClient();
  const transport = createTransport({
    ...smtpConnectionOf(url),
    connectionTimeout: maxStepMs,
    greetingTimeout: maxStepMs,
    socketTimeout: maxStepMs,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    verify: async () => {
      await transport.verify().catch(fail);
    },
    send: async (notification, signal) => {
      await transport.sendMail({ ...messageOf(notification, from, to), signal }).catch(fail);
    },
  };
}

function messageOf(
  { id, text, entries, adminUrl, server }: Notification,
  from: string,
  to: readonly string[],
) {
  const [first, ...others] = entries.map(describeEntry);
  return {
    messageId: `<${id}@${from.split('@')[1]}>`,
    from: { name: 'Callback server', address: from },
    to: [...to],
    subject: `${first}${others.length > 0 ? ` And ${others.length} more.` : ''}`,
    text: [text, ...(adminUrl === undefined ? [] : [adminUrl]), `Server: ${server}`].join('\n\n'),
    // Keeps mailboxes from sending automatic messages of absence back.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** What nodemailer's codes mean. Its messages quote addresses. */
const causes: Readonly<Record<string, string | undefined>> = {
  EAUTH: 'SMTP server refuses the credentials',
  ENOAUTH: 'SMTP server refuses the credentials',
  EENVELOPE: 'SMTP server refuses the sender or a recipient',
  EMESSAGE: 'SMTP server refuses the message',
  ETLS: 'TLS failed, or STARTTLS is missing',
  EDNS: 'DNS name not found',
  ETIMEDOUT: 'timeout',
  EPROTOCOL: 'response is not SMTP',
};

/** @throws an error whose cause can be shown. */
function fail(error: unknown): never {
  const textIn = (name: string): string | undefined => {
    const value: unknown = Reflect.get(Object(error), name);
    return typeof value === 'string' ? value : undefined;
  };
  // The code of the system or of TLS says more than the code of nodemailer.
  const original = textIn('originalCode');
  if (original !== undefined) throw Object.assign(new Error('The connection failed.'), { code: original });
  const cause = causes[textIn('code') ?? ''];
  if (cause === undefined) throw error;
  const status: unknown = Reflect.get(Object(error), 'responseCode');
  throw new DeliveryRefusedError(typeof status === 'number' ? `${cause} (${status})` : cause);
}
