import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkProject } from '../src/project.ts';
import { proveCorrection } from '../src/prove-correction.ts';

// A slice of `npm run corrections`, which proves every correction.
test('an overlay changes the contract, types, client, sandbox, receiver and docs, or the command refuses it', async () => {
  await using project = await mkdtempDisposable(join(tmpdir(), 'corrections-'));
  await linkProject(project.path);
  expect(await proveCorrection(project.path, 'token')).toEqual({
    contract: 'works',
    types: 'works',
    client: 'works',
    sandbox: 'works',
    receiver: 'works',
    docs: 'works',
  });
  const pointer = '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters/3';
  expect(await proveCorrection(project.path, 'header')).toMatchObject({ client: `refused: ${pointer}` });
}, 60_000);
