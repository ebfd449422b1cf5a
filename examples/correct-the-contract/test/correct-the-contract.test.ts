import { readdirSync, readFileSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { expect, test } from 'vitest';
import type { Contract } from '../../../openapi/generate/contract/contract.ts';
import { correctContract } from '../../../openapi/generate/corrections/correct-contract.ts';
import { readOverlay } from '../../../openapi/generate/corrections/read-overlay.ts';
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
    check: 'works',
  });
  const pointer = '/paths/~1api~1distributors~1pullMerchant~1{merchantId}/get/parameters/3';
  expect(await proveCorrection(project.path, 'header')).toMatchObject({ client: `refused: ${pointer}` });
}, 600_000);

const folder = new URL('../corrections/', import.meta.url);
const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test.each(names)(
  'the kit can follow the correction %s, or its error has the pointer of the part that it cannot follow',
  (name) => {
    const overlay = readOverlay(name, readFileSync(new URL(`${name}/my.overlay.yaml`, folder), 'utf8'));
    const correct = () => correctContract(contract as unknown as Contract, [overlay]);
    if (name === 'header' || name === 'cookie')
      expect(correct).toThrow(new RegExp(`\n/paths/\\S+: Nothing reads the ${name}`));
    else expect(correct()).not.toEqual(contract);
  },
);
