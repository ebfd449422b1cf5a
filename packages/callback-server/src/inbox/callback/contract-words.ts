import * as shapes from '@partner-ecosystem/openapi/shapes';

/** The words that the contract names as values, such as `notEscalated`. */
export const contractWords: ReadonlySet<string> = new Set(wordsIn(shapes));

function wordsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'words' && Array.isArray(value) ? value.map(String) : wordsIn(value),
  );
}
