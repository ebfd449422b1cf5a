import { readFile } from 'node:fs/promises';

const guide = new URL('../content/docs/client/errors.md', import.meta.url);

/** Says what to do after an error of the client. */
export type Advice = (error: string) => string;

/**
 * Reads what to do after each error of the client, from the table in the guide to these errors.
 *
 * @throws Error from the returned function, if the guide lacks the error.
 */
export async function readAdvice(): Promise<Advice> {
  const rows = (await readFile(guide, 'utf8')).matchAll(/^\| `(\w+Error)` \| .* \| (.+) \|$/gm);
  const advice = new Map([...rows].map(([, name = '', text = '']) => [name, text]));
  return (error) => {
    const text = advice.get(error);
    if (text === undefined) throw new Error(`The table of client/errors.md lacks ${error}. Add what to do.`);
    return text;
  };
}
