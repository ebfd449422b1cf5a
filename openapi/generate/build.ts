import { rm } from 'node:fs/promises';
import { bundleContract } from './bundle-contract.ts';
import { derivePackage } from './derive-package.ts';
import { writeRuntime } from './writers/write-runtime.ts';

const dist = new URL('../dist/', import.meta.url);

await rm(dist, { recursive: true, force: true });
const contract = await bundleContract(dist);
await Promise.all([writeRuntime(dist), derivePackage(contract, dist)]);
