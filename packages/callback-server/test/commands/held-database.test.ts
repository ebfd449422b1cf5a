import { expect, test } from 'vitest';
import { token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { run, serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test.each([['purge'], ['erase', 'one'], ['migrate']])(
  '%s refuses a database that a server holds',
  async (...args) => {
    const path = temporaryDatabase();
    await serve(path);
    const command = runInProcess(args, { DATABASE_URL: `sqlite:${path}` });
    expect(await command.exit).toBe(2);
    expect(command.output()).toContain('Another process has');
  },
);

test('serve refuses a database that another process holds', async () => {
  const path = temporaryDatabase();
  await serve(path);
  const second = run(['serve'], {
    CALLBACK_TOKENS: token,
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: `sqlite:${path}`,
  });
  expect(await second.exit).toBe(2);
  expect(second.output()).toContain('Another process has');
});
