import { failureCause } from '../dispatch/failure-cause.ts';
import { makeNotification } from '../notify/create-notifier.ts';
import { loadEmailTarget } from '../notify/email-target.ts';
import type { NotificationTarget } from '../notify/notification-target.ts';
import type { NotifyOptions } from '../notify/notify-options.ts';
import { createWebhookTarget } from '../notify/webhook-target.ts';
import { checkRoute } from './check-route.ts';
import { type Finding, failure, findingOf, ok } from './finding.ts';

const timeoutMs = 10_000;

/**
 * Checks that notifications can be sent.
 *
 * @param sendsTest - Whether each target gets a test. Otherwise the targets are only reached.
 */
export async function* checkNotify(
  { url, secret, email }: NotifyOptions,
  adminUrl: string | undefined,
  sendsTest: boolean,
): AsyncGenerator<[check: string, Finding]> {
  const sendTo = ({ send }: NotificationTarget, setting: string) => {
    const test = makeNotification([{ kind: 'test' }], adminUrl);
    return tried((signal) => send(test, signal), setting, 'has taken the test message');
  };
  if (url !== undefined) {
    const target = createWebhookTarget(url, secret);
    yield ['notify URL', await (sendsTest ? sendTo(target, 'NOTIFY_URL') : checkRoute(url, 'NOTIFY_URL'))];
  }
  if (!email) return;
  const checkEmail = async () => {
    const target = await loadEmailTarget(email);
    const setting = 'NOTIFY_EMAIL_URL';
    if (sendsTest) return sendTo(target, setting);
    return tried(() => target.verify(), setting, 'is reached, and accepts the credentials. Nothing was sent');
  };
  yield ['notify e-mail', await findingOf(checkEmail)];
}

async function tried(
  attempt: (signal: AbortSignal) => Promise<void>,
  setting: string,
  success: string,
): Promise<Finding> {
  try {
    await attempt(AbortSignal.timeout(timeoutMs));
    return ok(success);
  } catch (error) {
    return failure(`cannot be used: ${failureCause(error)}. Check ${setting}, and the server that it names.`);
  }
}
