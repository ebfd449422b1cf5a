import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { verifyPassword } from '../../src/inbox/access/password-hash.ts';
import { binary } from '../support/running-binary.ts';

test('hash-password prints a hash of the first line, and refuses a short password', async () => {
  const hashOf = (input: string) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [binary, 'hash-password'], { input });
    return { text: stdout.toString().trim(), stderr: stderr.toString(), status };
  };
  const { text, status } = hashOf('not-a-real-password-1\r\nsecond line\n');
  expect(status).toBe(0);
  expect(await verifyPassword('not-a-real-password-1', text)).toBe(true);
  for (const input of ['', 'not-a-real-\n'])
    expect(hashOf(input)).toMatchObject({
      text: '',
      status: 2,
      stderr: expect.stringContaining('12 to 1000'),
    });
});
