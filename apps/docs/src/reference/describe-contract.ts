import type { DataClassification } from '@partner-ecosystem/openapi/classification';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operations } from '@partner-ecosystem/openapi/operations';
import { classificationWords } from '../contract/classification-words.ts';
import { readSamples } from '../contract/read-samples.ts';

/** The contract for the renderer: with a sample of each operation in each language, and classifications in words. */
export async function describeContract(): Promise<string> {
  const description = structuredClone(contract);
  const paths: Record<string, Record<string, object>> = description.paths;
  for (const { operationId, path, method } of Object.values(operations)) {
    const operation = paths[path]?.[method.toLowerCase()] ?? {};
    // Our samples do not fit an operation that a correction changed.
    if ('x-corrected' in operation) continue;
    const samples = await readSamples(operationId);
    const codeSamples = samples.map(({ language, code }) => ({
      lang: language,
      label: language,
      source: code,
    }));
    Object.assign(operation, { 'x-codeSamples': codeSamples });
  }
  return JSON.stringify(description, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? withLabels(value) : value,
  );
}

/** The renderer shows the name of an extension as its label, without `x-`. `redocly.yaml` lists the names. */
const labels: Readonly<Record<string, string>> = {
  'x-data-classification': 'x-Kind of data',
  'x-evidence': 'x-Evidence',
  'x-evidence-basis': 'x-Reason',
};

function withLabels(part: object): object {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      labels[key] ?? key,
      key === 'x-data-classification' ? classificationWords(value as DataClassification) : value,
    ]),
  );
}
