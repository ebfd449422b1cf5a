/** A word to avoid, split as identifiers are split, and the glossary's term to use instead. */
export interface AvoidedWord {
  readonly words: readonly string[];
  readonly term: string;
}

/** Reads the glossary's entries: a line `**Term** — meaning`, and below it a line `_Avoid_: word, word`. */
export function parseGlossary(markdown: string): readonly AvoidedWord[] {
  let term = '';
  return markdown.split('\n').flatMap((line) => {
    term = /^\*\*(.+?)\*\*/.exec(line)?.[1] ?? term;
    const avoided = /^_Avoid_: (.+)$/.exec(line)?.[1]?.split(', ') ?? [];
    return avoided.map((word) => ({ words: wordsOf(word), term }));
  });
}

/** The avoided words that `name` contains. `name` is an identifier or the name of a file. */
export function avoidedIn(name: string, avoided: readonly AvoidedWord[]): readonly AvoidedWord[] {
  const spaced = ` ${wordsOf(name).join(' ')} `;
  return avoided.filter(({ words }) => spaced.includes(` ${words.join(' ')} `));
}

/** `maxBodyBytes`, `max-body-bytes` and `MAX_BODY_BYTES` are all `max`, `body`, `bytes`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
