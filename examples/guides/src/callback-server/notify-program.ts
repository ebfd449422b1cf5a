import {
  type CallbackServer,
  type CallbackServerOptions,
  createCallbackServer,
  type Notification,
} from '@partner-ecosystem/callback-server';

/** Creates a callback server that hands its notifications to your own code. */
export function createTellingServer(
  options: CallbackServerOptions,
  tell: (notification: Notification) => Promise<void>,
): Promise<CallbackServer> {
  return createCallbackServer({ ...options, notify: { onNotification: tell } });
}
