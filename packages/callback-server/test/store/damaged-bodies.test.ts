import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { purge } from '../../src/maintenance/purge.ts';
import { openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

/** Changes one letter of the oldest body, as a failing disk could. The body keeps its length and stays JSON. */
const damage = {
  SQLite: `UPDATE callbacks SET body = CAST(replace(CAST(body AS TEXT), 'Asha', 'Usha') AS BLOB) WHERE id = (
    SELECT min(id) FROM callbacks)`,
  PostgreSQL: `UPDATE callbacks SET body = convert_to(replace(convert_from(body, 'UTF8'), 'Asha', 'Usha'), 'UTF8')
    WHERE id = (SELECT min(id) FROM callbacks)`,
};

async function createDatabase(engine: keyof typeof damage) {
  if (engine === 'PostgreSQL') {
    const url = await createMigratedDatabase();
    return { url, damage: () => postgres.query(url, damage.PostgreSQL) };
  }
  const path = temporaryDatabase();
  const damageFile = () => {
    const database = new DatabaseSync(path);
    database.exec(damage.SQLite);
    database.close();
  };
  return { url: `sqlite:${path}`, damage: damageFile };
}

test.each(['SQLite', 'PostgreSQL'] as const)(
  '%s: a body that differs from the received body reaches no route, and is given up',
  async (engine) => {
    const database = await createDatabase(engine);
    const first = await openStore(database.url, { onFatal: fail });
    const { id } = await first.keep(incoming('one'), ['handler']);
    await first.keep({ ...incoming('one', 2), receivedAt: new Date() }, ['handler']);
    await first.close();
    await database.damage();

    const events: CallbackServerEvent[] = [];
    const taken: string[] = [];
    const options = {
      databaseUrl: database.url,
      onEvent: (event: CallbackServerEvent) => events.push(event),
    };
    const { server } = await startServer(options, ({ on }) =>
      on('accept', (each) => void taken.push(each.id)),
    );
    await expect.poll(() => taken.length).toBe(1);
    expect(taken).not.toContain(id);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'attempt',
        callbackId: id,
        state: 'dead',
        outcome: 'its body is damaged',
      }),
    );
    expect(await server.callbacks.list({ delivery: { route: 'handler', state: 'dead' } })).toMatchObject([
      { id },
    ]);
    expect(await server.callbacks.get(id)).toMatchObject({ held: 'unreadable', masked: null });
    const metrics = await server.metrics();
    expect(metrics).toContain('failures_total{route="handler",cause="body"} 1');
    expect(metrics).toContain('dead_letters{route="handler"} 1');
  },
);

test.each(['SQLite', 'PostgreSQL'] as const)(
  '%s: a repeat restores a body that differs from the received body, and the callback can be delivered again',
  async (engine) => {
    const database = await createDatabase(engine);
    const body = callback('accept');
    const first = await startServer({ databaseUrl: database.url });
    await first.post('accept', body);
    await first.server.stop();
    await database.damage();

    const taken: unknown[] = [];
    const second = await startServer({ databaseUrl: database.url }, ({ on }) =>
      on('accept', ({ payload }) => void taken.push(payload.merchantData.name)),
    );
    expect((await second.post('accept', body)).status).toBe(200);
    const [kept] = await second.server.callbacks.list();
    expect(kept).toMatchObject({ held: 'body', seenCount: 2 });
    await second.server.callbacks.redeliver({ route: 'handler' });
    await expect.poll(() => taken).toEqual([JSON.parse(body).merchantData.name]);
  },
);

test.each(['SQLite', 'PostgreSQL'] as const)(
  '%s: a body that differs from the received body is not delivered by its realm, and gets no masked copy',
  async (engine) => {
    const database = await createDatabase(engine);
    const store = await openStore(database.url, { onFatal: fail });
    const { realmId } = JSON.parse(callback('accept')).merchantData;
    expect(realmId).toBeTypeOf('string');
    const { id } = await store.keep(incoming('one'), []);
    await store.close();
    await database.damage();
    const again = await openStore(database.url, { onFatal: fail });
    const filter = { takesEvent: () => true, realms: [realmId] };
    expect(await again.maintenance.redeliver({ route: 'mail' }, filter, 'a test')).toMatchObject({
      missing: 0,
    });
    await purge(again.maintenance, { actor: 'a test', bodiesBefore: new Date() });
    expect(await again.get(id)).toMatchObject({ held: 'nothing', masked: null });
    await again.close();
  },
);

function fail(error: unknown): void {
  throw error;
}
