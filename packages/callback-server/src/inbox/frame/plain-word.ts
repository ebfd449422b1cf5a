/** A word that is spelled as those of the contract are. Another text is masked: it can be a person's number. */
export function plainWord(text: string): string {
  const isPlain = text.length <= 40 && /^[A-Za-z][a-z]*(?:[A-Z_-][a-z]+)*$/.test(text);
  return isPlain ? text : '[text]';
}
