import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asha, ravi } from '../src/demo/example-data.ts';
import { describeStage } from '../src/start/describe-stage.ts';
import { freePort } from '../src/start/free-port.ts';
import { parseStartOptions } from '../src/start/start-options.ts';
import { type RunningStage, startStage } from '../src/start/start-stage.ts';

const anyPort = { sandbox: 0, control: 0, receiver: 0, admin: 0, docs: 0 };

describe('npm start', () => {
  let stage: RunningStage;
  beforeAll(async () => {
    stage = await startStage({ ports: anyPort });
  });
  afterAll(() => stage.stop());

  const cases = () =>
    stage.provider.sandbox.backOffice.cases().map(({ customer, status }) => [customer.signzyAppId, status]);
  const storedEvents = async () => {
    const response = await fetch(`${stage.receiver.adminUrl}/callbacks`);
    const callbacks = (await response.json()) as { event: string }[];
    return callbacks.map(({ event }) => event);
  };

  test('begins with one case that is accepted, and one that waits', async () => {
    expect(cases()).toEqual([
      [asha.signzyAppId, 'accept'],
      [ravi.signzyAppId, 'pending'],
    ]);
    await expect.poll(storedEvents).toEqual(['pending', 'accept', 'pending']);
  });

  test('prints where to click, and a command that adds a case', async () => {
    const text = describeStage(stage);
    expect(text).toContain(`${stage.provider.controlUrl}/#token=`);
    expect(text).toContain(`${stage.receiver.adminUrl}/inbox/callbacks`);
    const { port } = new URL(stage.provider.url);
    expect(text).toContain(`npm run merchant -- --port ${port}`);

    const script = fileURLToPath(new URL('../src/add-merchant.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--port', port]);
    const [, added] = /^Case (\S+) waits in the back office\.\n$/.exec(stdout) ?? [];
    expect(cases()).toContainEqual([added, 'pending']);
  });

  test('takes a free port if another program uses the usual port', async () => {
    expect(await freePort(Number(new URL(stage.provider.url).port))).toBe(0);
  });
});

test('--port moves all servers, and --database keeps the callbacks', () => {
  expect(parseStartOptions(['--port', '5010', '--database', 'kept.db'])).toEqual({
    ports: { sandbox: 5010, control: 5011, receiver: 5020, admin: 5021, docs: 5030 },
    databaseUrl: `sqlite:${join(process.cwd(), 'kept.db')}`,
  });
});

test.each(['0', '65516', '-1', 'abc'])('--port %s is refused, and the error names the range', (port) => {
  expect(() => parseStartOptions([`--port=${port}`])).toThrow('--port must be a number from 1 to 65515.');
});
