import { expect, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

const adminTokens = ['not-a-real-admin-token'];

for (const [engine, databaseOf] of bothEngines)
  for (const end of ['takes', 'fails'] as const)
    test(`${engine}: an attempt that ${end} its callback after the merchant was erased is not reported`, async () => {
      let attempt = Promise.withResolvers<void>();
      const handled: string[] = [];
      const events: CallbackServerEvent[] = [];
      const { server, adminUrl, post } = await startServer(
        {
          databaseUrl: await databaseOf(),
          adminTokens,
          deliveryDelaysMs: [],
          concurrency: 1,
          onEvent: (event) => events.push(event),
        },
        ({ on }) =>
          on('pending', ({ payload }) => {
            handled.push(payload.merchantData.id);
            return attempt.promise;
          }),
      );
      await post('pending', callback('pending', { id: 'erased' }));
      await eventually(() => expect(handled).toEqual(['erased']));
      const headers = { authorization: `Bearer ${adminTokens[0]}` };
      expect((await fetch(`${adminUrl}/merchants/erased`, { method: 'DELETE', headers })).status).toBe(200);
      const { resolve, reject } = attempt;
      if (end === 'takes') resolve();
      else reject(new Error('does not work'));
      attempt = Promise.withResolvers();
      attempt.resolve();
      // The attempt of this callback starts when the other attempt has ended.
      await post('pending', callback('pending', { id: 'kept' }));
      await eventually(() =>
        expect(events.filter(({ type }) => type === 'attempt')).toMatchObject([{ state: 'taken' }]),
      );
      expect(handled).toEqual(['erased', 'kept']);
      expect(await server.metrics()).toContain('attempts_total{route="handler",outcome="taken"} 1');
      expect(await server.metrics()).toContain('attempts_total{route="handler",outcome="failed"} 0');
    });
