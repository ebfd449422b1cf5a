import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Contract } from '../generate/contract/contract.ts';
import { operationsOf } from '../generate/contract/operations.ts';
import { applyOverlay } from '../generate/corrections/apply-overlay.ts';
import { readOverlay } from '../generate/corrections/read-overlay.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const contract = JSON.parse(read('dist/openapi.json')) as Contract;

test('with the overlay for the sandbox, each operation has only the address of the sandbox', () => {
  const overlay = readOverlay('sandbox', read('overlays/sandbox.overlay.yaml'));
  const servers = operationsOf(applyOverlay(contract, overlay)).map(({ server }) => server.url);
  expect(new Set(servers)).toEqual(new Set(['http://127.0.0.1:4010']));
});
