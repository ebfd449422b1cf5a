import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleContract } from '../generate/contract/bundle-contract.ts';
import type { Bundle } from './release-check.ts';

/** Bundles the contract's files into one document. Leaves `dist/` alone, because other tasks may be reading it. */
export async function bundleSources(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    return (await bundleContract(pathToFileURL(`${folder}/`))) as unknown as Bundle;
  } finally {
    await rm(folder, { recursive: true });
  }
}
