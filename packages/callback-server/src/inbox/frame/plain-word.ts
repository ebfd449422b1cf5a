/** Spelled as the words and names of the contract are, such as `notEscalated` or `branch code`. */
const spelling = /^[A-Za-z][a-z]*(?:[A-Z_ -][a-z]+)*$/;

/** Whether a text is a word of a program. Another text can be a person's name or number, wherever it stands. */
export function isPlainWord(text: string): boolean {
  return text.length <= 40 && spelling.test(text);
}

/** A value that begins with a capital, or that has a space, can be a person's name. */
const valueSpelling = /^[a-z]+(?:[A-Z_-][a-z]+)*$/;

/** A value if it is spelled like a word of the contract, and a mask otherwise. */
export function plainWord(text: string): string {
  return text.length <= 40 && valueSpelling.test(text) ? text : '[text]';
}

/** A JSON pointer with a star for each name that is no word of a program. */
export function plainPointer(pointer: string): string {
  return pointer.replaceAll(/[^/]+/g, (name) => (/^\d{1,6}$/.test(name) || isPlainWord(name) ? name : '*'));
}
