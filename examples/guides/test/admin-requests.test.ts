import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from './free-ports.ts';

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('the secrets of the sample are accepted, and the requests to the admin API work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const ports = await freePorts();
  const settings = await readFile(at('../src/settings/create-secrets.sh'), 'utf8');
  const requests = await readFile(at('../src/admin/requests.sh'), 'utf8');
  const adminUrl = `http://127.0.0.1:${ports.get('4021')}`;
  const script = `${settings}
export FORWARD_URL=http://127.0.0.1:${ports.get('4012')}/ NOTIFY_URL=http://127.0.0.1:${ports.get('4012')}/
printf 'Authorization: Bearer %s\\n' "$ADMIN_TOKENS" >admin_header
callback-server serve &
curl --silent --fail --retry 240 --retry-delay 1 --retry-connrefused http://127.0.0.1:$PORT/health/live
admin_url=${adminUrl} merchant_id=6553f1000000000000000004
${requests}
kill $!
wait $!`;
  const env = {
    ...process.env,
    PATH: `${at('../../../node_modules/.bin')}:${process.env['PATH']}`,
    PORT: `${ports.get('4020')}`,
    ADMIN_PORT: `${ports.get('4021')}`,
    DRAIN_SECONDS: '0',
  };
  const { stdout } = await run('sh', ['-ec', script], { cwd: folder, env, timeout: 240_000 });
  expect(stdout).toContain('{"bodies":0,"callbacks":0,"audit":0,"damaged":0}');
  expect(stdout).toContain('{"callbacks":0}');
});
