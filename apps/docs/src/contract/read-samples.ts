import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { readFromRoot } from '../markdown/read-from-root.ts';
import { readRegion } from '../markdown/read-region.ts';

/** The sample of one operation in one language. */
export interface CodeSample {
  /** Name of the language, as readers know it. */
  readonly language: 'TypeScript' | 'curl' | 'Python';
  /** The language by its name in Markdown. */
  readonly syntax: 'ts' | 'sh' | 'py';
  readonly code: string;
}

/** The languages, each with the ending of its file in `examples/each-operation`. */
const languages = [
  ['TypeScript', 'ts'],
  ['curl', 'sh'],
  ['Python', 'py'],
] as const;

/** Reads the samples of an operation. Each is a part of a program that the tests run. */
export function readSamples(operationId: OperationId): Promise<CodeSample[]> {
  return Promise.all(
    languages.map(async ([language, syntax]) => {
      const file = `examples/each-operation/src/operations.${syntax}`;
      const sample = await readRegion(`${file}#${operationId}`, readFromRoot);
      const imports = syntax === 'py' ? `${await readRegion(`${file}#imports`, readFromRoot)}\n\n` : '';
      return { language, syntax, code: imports + sample };
    }),
  );
}
