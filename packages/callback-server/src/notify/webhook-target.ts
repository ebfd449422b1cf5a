import { postSigned } from '../dispatch/post-signed.ts';
import { createWebhookSigner } from '../dispatch/webhook-signer.ts';
import type { Notification } from './notification.ts';
import type { NotificationTarget } from './notification-target.ts';

/** Posts notifications to a URL. */
export function createWebhookTarget(url: string, secret: string | undefined): NotificationTarget {
  const signers = secret === undefined ? [] : [createWebhookSigner(secret)];
  return {
    name: 'webhook',
    send: (notification, signal) => {
      const body = Buffer.from(JSON.stringify(bodyOf(notification)));
      return postSigned(url, signers, { id: notification.id, body, headers: {}, signal });
    },
  };
}

/** The form that Standard Webhooks recommends. The id is in a header. */
function bodyOf({ id: _, timestamp, ...data }: Notification) {
  return { type: 'callback-server.notification', timestamp, data };
}
