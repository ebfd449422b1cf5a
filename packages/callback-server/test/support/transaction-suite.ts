import { expect, test } from 'vitest';
import type { CallbackServerEvent, HandlerTransaction } from '../../src/index.ts';
import { callback } from './callbacks.ts';
import { eventually } from './eventually.ts';
import { startServer } from './running-server.ts';

/** A database of a user, with the table `effects (callback text primary key, merchant text)`. */
export interface EffectsDatabase {
  readonly databaseUrl: string;
  /** The statement that adds an effect, with two parameters. */
  readonly insert: string;
  /** A statement whose constraint is checked at the commit, and fails. */
  readonly addDeferred: string;
  /** The merchants of all effects. */
  effects(): Promise<string[]>;
}

/** Tests what every engine promises about the transactions of handlers. */
export function testTransactions(engine: string, create: () => Promise<EffectsDatabase>): void {
  test(`${engine}: what a handler writes is committed once, together with the end of the delivery`, async () => {
    const { databaseUrl, insert, effects } = await create();
    const kept: HandlerTransaction[] = [];
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [1, 1] }, (server) =>
      server.on('accept', async ({ id, payload }, { attempt, transaction }) => {
        transaction.run(insert, id, payload.merchantData.id);
        kept.push(transaction);
        if (attempt === 1) throw new Error('after the write');
      }),
    );
    for (const id of ['one', 'two']) await post('accept', callback('accept', { id }));
    await eventually(async () => expect((await effects()).sort()).toEqual(['one', 'two']));
    const listed = await server.callbacks.list();
    for (const { deliveries } of listed)
      expect(deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['failed with Error', 'taken']);
    expect(() => kept[0]?.run(insert, 'late', 'late')).toThrow('The attempt has ended');
  });

  test(`${engine}: a failing statement fails only its attempt, and nothing of the attempt is written`, async () => {
    const { databaseUrl, insert, effects } = await create();
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [1] }, (server) =>
      server.on('accept', ({ id, payload }, { transaction }) => {
        transaction.run(insert, id, payload.merchantData.id);
        if (payload.merchantData.id === 'twice') transaction.run(insert, id, 'again');
      }),
    );
    for (const id of ['one', 'twice', 'three']) await post('accept', callback('accept', { id }));
    await eventually(async () => expect((await effects()).sort()).toEqual(['one', 'three']));
    await eventually(async () => {
      const [failed] = await server.callbacks.list({ merchantId: 'twice' });
      expect(failed?.deliveries[0]?.state).toBe('dead');
      expect(failed?.deliveries[0]?.attempts[0]?.outcome).toMatch(/^its transaction failed \(\w+\)$/);
    });
    expect((await effects()).sort()).toEqual(['one', 'three']);
  });

  test(`${engine}: a text with two statements fails the attempt, and nothing of the text is written`, async () => {
    const { databaseUrl, effects } = await create();
    const insert = (id: string) => `INSERT INTO effects (callback, merchant) VALUES ('${id}', '${id}')`;
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
      server.on('accept', ({ payload }, { transaction }) => {
        const { id } = payload.merchantData;
        const end = { two: `; ${insert('second')}`, commit: '; COMMIT; SELECT 1', one: ' ; ' }[id];
        transaction.run(`${insert(id)}${end}`);
      }),
    );
    for (const id of ['two', 'commit', 'one']) await post('accept', callback('accept', { id }));
    await eventually(async () => {
      const listed = await server.callbacks.list();
      expect(listed.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['taken', 'dead', 'dead']);
    });
    expect(await effects()).toEqual(['one']);
  });

  test(`${engine}: a constraint that fails at the commit fails the attempt`, async () => {
    const { databaseUrl, addDeferred } = await create();
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
      server.on('accept', (_, { transaction }) => transaction.run(addDeferred)),
    );
    await post('accept', callback('accept'));
    await eventually(async () =>
      expect((await server.callbacks.list())[0]?.deliveries[0]).toMatchObject({
        state: 'dead',
        attempts: [{ outcome: expect.stringMatching(/^its transaction failed \(\w+\)$/) }],
      }),
    );
  });

  test(`${engine}: after a timeout the transaction takes no more statements`, async () => {
    const { databaseUrl, insert } = await create();
    const late = Promise.withResolvers<unknown>();
    const { post } = await startServer(
      { databaseUrl, deliveryDelaysMs: [], attemptTimeoutMs: 500 },
      (server) =>
        server.on('pending', async ({ id }, { transaction, signal }) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          try {
            late.resolve(transaction.run(insert, id, 'late'));
          } catch (error) {
            late.resolve(error);
          }
        }),
    );
    await post('pending', callback('pending'));
    expect(await late.promise).toMatchObject({ message: expect.stringContaining('The attempt has ended') });
  });

  test(`${engine}: what a handler wrote for a lost claim is neither committed nor reported as taken`, async () => {
    const { databaseUrl, insert, effects } = await create();
    const adminTokens = ['not-a-real-admin-1'];
    const taken: string[] = [];
    const onEvent = (event: CallbackServerEvent) => {
      if (event.type === 'attempt' && event.state === 'taken') taken.push(event.callbackId);
    };
    const options = { databaseUrl, adminTokens, onEvent, concurrency: 1 };
    const { server, adminUrl, post } = await startServer(options, (server) =>
      server.on('accept', async ({ id, payload }, { transaction }) => {
        const merchant = payload.merchantData.id;
        transaction.run(insert, id, merchant);
        if (merchant !== 'erased') return;
        // An erasure gives the merchant's deliveries up, and so the claim of this attempt is lost.
        const headers = { authorization: `Bearer ${adminTokens[0]}` };
        await fetch(`${adminUrl}/merchants/erased`, { method: 'DELETE', headers });
      }),
    );
    // The second attempt begins when the first one is recorded.
    for (const id of ['erased', 'two']) await post('accept', callback('accept', { id }));
    await eventually(() => expect(taken).not.toEqual([]));
    const [two] = await server.callbacks.list({ merchantId: 'two' });
    expect(taken).toEqual([two?.id]);
    expect(await effects()).toEqual(['two']);
  });

  test(`${engine}: a handler cannot end its transaction itself`, async () => {
    const { databaseUrl } = await create();
    const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
      server.on('accept', (_, { transaction }) => transaction.run('COMMIT')),
    );
    await post('accept', callback('accept'));
    await eventually(async () =>
      expect((await server.callbacks.list())[0]?.deliveries[0]?.attempts[0]?.outcome).toBe(
        'failed with TypeError',
      ),
    );
  });
}
