import { loadEmailTarget } from './email-target.ts';
import type { NotificationTarget } from './notification-target.ts';
import type { NotifyOptions } from './notify-options.ts';
import { createWebhookTarget } from './webhook-target.ts';

/**
 * Creates the targets of the notifications.
 *
 * @throws EmailClientMissingError if notifications go by e-mail, and `nodemailer` is not installed.
 */
export async function createTargets({
  url,
  secret,
  email,
  onNotification,
}: NotifyOptions): Promise<NotificationTarget[]> {
  return [
    ...(url === undefined ? [] : [createWebhookTarget(url, secret)]),
    ...(email ? [await loadEmailTarget(email)] : []),
    ...(onNotification ? [createFunctionTarget(onNotification)] : []),
  ];
}

function createFunctionTarget(call: NonNullable<NotifyOptions['onNotification']>): NotificationTarget {
  return {
    name: 'function',
    send: async (notification) => {
      await call(notification);
    },
  };
}
