import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';

/** The configuration, beside the compiled rules. */
const config = fileURLToPath(new URL('redocly.yaml', import.meta.url));

/**
 * Lints a corrected contract with our rules: an addition needs a description, a classification and evidence.
 *
 * @throws Error with the findings.
 */
export async function lintContract(file: string): Promise<void> {
  await redocly(['lint', file, '--config', config], dirname(file));
}
