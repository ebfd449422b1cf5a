import { rm } from 'node:fs/promises';
import { bundleContract } from './bundle-contract.ts';
import { writeClassification } from './write-classification.ts';
import { writeEvidence } from './write-evidence.ts';
import { writeExamples } from './write-examples.ts';
import { writeOperations } from './write-operations.ts';
import { writeSchemaTypes } from './write-schema-types.ts';
import { writeSchemas } from './write-schemas.ts';
import { writeShapes } from './write-shapes.ts';
import { writeValidators } from './write-validators.ts';

const dist = new URL('../dist/', import.meta.url);

await rm(dist, { recursive: true, force: true });
const contract = await bundleContract(dist);
await Promise.all([
  writeSchemaTypes(contract, dist),
  writeOperations(contract, dist),
  writeValidators(contract, dist),
  writeClassification(contract, dist),
  writeExamples(contract, dist),
  writeEvidence(contract, dist),
  writeSchemas(contract, dist),
  writeShapes(contract, dist),
]);
