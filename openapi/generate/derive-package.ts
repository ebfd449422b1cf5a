import type { Contract } from './contract/contract.ts';
import { normalForm } from './contract/normal-form.ts';
import { writeClassification } from './writers/write-classification.ts';
import { writeEvidence } from './writers/write-evidence.ts';
import { writeExamples } from './writers/write-examples.ts';
import { writeOperations } from './writers/write-operations.ts';
import { writeSchemaTypes } from './writers/write-schema-types.ts';
import { writeSchemas } from './writers/write-schemas.ts';
import { writeShapes } from './writers/write-shapes.ts';
import { writeValidators } from './writers/write-validators.ts';

/**
 * Writes every module that is derived from the contract. These modules import the modules of `runtime/` beside them.
 */
export async function derivePackage(published: Contract, dist: URL): Promise<void> {
  const contract = normalForm(published);
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
}
