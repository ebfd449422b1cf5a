import { rm } from 'node:fs/promises';
import { bundleContract } from './contract/bundle-contract.ts';
import { writeClassification } from './writers/write-classification.ts';
import { writeEvidence } from './writers/write-evidence.ts';
import { writeExamples } from './writers/write-examples.ts';
import { writeOperations } from './writers/write-operations.ts';
import { writeRuntime } from './writers/write-runtime.ts';
import { writeSchemaTypes } from './writers/write-schema-types.ts';
import { writeSchemas } from './writers/write-schemas.ts';
import { writeShapes } from './writers/write-shapes.ts';
import { writeValidators } from './writers/write-validators.ts';

const dist = new URL('../dist/', import.meta.url);

await rm(dist, { recursive: true, force: true });
const contract = await bundleContract(dist);
await Promise.all([
  writeRuntime(dist),
  writeSchemaTypes(contract, dist),
  writeOperations(contract, dist),
  writeValidators(contract, dist),
  writeClassification(contract, dist),
  writeExamples(contract, dist),
  writeEvidence(contract, dist),
  writeSchemas(contract, dist),
  writeShapes(contract, dist),
]);
