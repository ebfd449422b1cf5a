import { problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import { type EmailOptions, problemOfEmailAddress, problemOfSmtpUrl } from './email-options.ts';
import type { Notification } from './notification.ts';

/** Who is notified when something needs a person, and how often. */
export interface NotifyOptions {
  /**
   * URL that notifications are posted to, as JSON.
   * @default none
   */
  readonly url?: string;

  /**
   * Secret that signs notifications to `url`, as Standard Webhooks defines: base64, with or without the prefix `whsec_`.
   * @default notifications are unsigned
   */
  readonly secret?: string;

  /**
   * Sends notifications by e-mail. Needs the package `nodemailer`.
   * @default none
   */
  readonly email?: EmailOptions;

  /**
   * Called with each notification. If it throws or rejects, or takes longer than 10 s, it gets the notification again later.
   * @default none
   */
  readonly onNotification?: (notification: Notification) => unknown;

  /**
   * Milliseconds between two notifications. The first notification waits for a thirtieth of this time, 10 s at most.
   * @default 300_000
   */
  readonly intervalMs?: number;

  /**
   * Milliseconds without any callback after which a notification is sent; 0 for never.
   * @default a day, if the server knows merchants
   */
  readonly quietMs?: number;
}

/** What is wrong with options, each with the name of the option. Never quotes a value, which may be a secret. */
export function problemsOfNotify({ url, secret, email }: NotifyOptions): [name: string, problem: string][] {
  const problems: readonly (readonly [string, string | undefined])[] = [
    ['url', url === undefined ? undefined : problemOfUrl(url)],
    ['secret', secret === undefined ? undefined : problemOfSigningSecret(secret)],
    ['secret', secret !== undefined && url === undefined ? 'signs only what goes to url.' : undefined],
    ['email.url', email && problemOfSmtpUrl(email.url)],
    ['email.from', email && problemOfEmailAddress(email.from)],
    ['email.to', email && problemOfRecipients(email.to)],
  ];
  return problems.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem]]));
}

function problemOfRecipients(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return 'must have at least one address.';
  return addresses.map(problemOfEmailAddress).find((problem) => problem !== undefined);
}
