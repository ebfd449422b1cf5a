import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleContract } from '../generate/contract/bundle-contract.ts';
import type { Bundle } from './release-check.ts';

/** The contract as its files stand, in one document. `dist/` is left alone: others may be reading it. */
export async function bundleAsItStands(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    return (await bundleContract(pathToFileURL(`${folder}/`))) as unknown as Bundle;
  } finally {
    await rm(folder, { recursive: true });
  }
}
