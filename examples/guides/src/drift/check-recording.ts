import { readFile } from 'node:fs/promises';
import { checkHar } from '@partner-ecosystem/openapi/har';

/**
 * Prints each kind of drift in a recording as one line of JSON, without personal data. Resolves to `true` if the recording
 * has known operations and no drift.
 */
export async function checkRecording(file: string, print: (line: string) => void): Promise<boolean> {
  const { known, drifts } = checkHar(JSON.parse(await readFile(file, 'utf8')));
  for (const drift of drifts) print(JSON.stringify(drift));
  return known > 0 && drifts.length === 0;
}
