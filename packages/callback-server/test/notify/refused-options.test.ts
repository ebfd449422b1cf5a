import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { notifySecret as secret } from '../support/notified.ts';
import { startServer } from '../support/running-server.ts';

test.each<[NonNullable<CallbackServerOptions['notify']>, string]>([
  [{ url: 'ftp://canary.example' }, 'notify.url must be an http or https URL'],
  [{ secret }, 'notify.secret signs only what goes to url'],
  [{ url: 'https://notified.example', secret: 'canary' }, 'notify.secret must'],
  [{ intervalMs: 0 }, 'notify.intervalMs must be a whole number from 1'],
  [{ quietMs: -1 }, 'notify.quietMs must be a whole number from 0'],
  [{ email: { url: 'smtps://mail.example', from: 'a@mail.example', to: [] } }, 'notify.email.to must have'],
  [
    {
      email: { url: 'smtps://mail.example/?tls.rejectUnauthorized=false', from: 'a@b.example', to: ['c@d'] },
    },
    'notify.email.url must have nothing after the host',
  ],
])('%j is refused', async (notify, problem) => {
  const starting = startServer({ notify });
  onTestFinished(() => starting.then(({ server }) => server.stop()).catch(() => {}));
  await expect(starting).rejects.toThrow(problem);
  await expect(starting).rejects.not.toThrow('canary');
});
