import { readFileSync } from 'node:fs';
import type { Contract } from '../../generate/contract/contract.ts';
import { correctContract } from '../../generate/corrections/correct-contract.ts';
import { readOverlay } from '../../generate/corrections/read-overlay.ts';

/** The contract without corrections. */
export const base = JSON.parse(
  readFileSync(new URL('../../dist/openapi.json', import.meta.url), 'utf8'),
) as Contract;

/** Corrects the contract by an overlay with these actions. */
export function correct(...actions: object[]): Contract {
  return correctContract(base, [
    readOverlay('my.overlay.yaml', JSON.stringify({ overlay: '1.1.0', actions })),
  ]);
}
