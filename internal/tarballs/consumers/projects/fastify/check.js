import { once } from 'node:events';
import { webhooks } from '@partner-ecosystem/openapi/examples';

/** Posts a callback to the app, and fails if the callback is not stored. */
export async function check(app, server, token) {
  if (!app.listening) await once(app, 'listening');
  const response = await fetch(`http://127.0.0.1:${app.address().port}/callbacks/${token}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(webhooks.accept.accept),
  });
  const stored = await server.callbacks.list();
  if (response.status !== 200 || !stored.some(({ verdict }) => verdict === 'valid'))
    throw new Error(`The response is ${response.status}, and ${stored.length} callbacks are stored.`);
  console.log('received');
}
