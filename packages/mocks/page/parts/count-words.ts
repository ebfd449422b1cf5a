/** Formats a number of things, such as `1 case` or `5,000 cases`. */
export function countWords(number: number, singular: string): string {
  return `${number.toLocaleString('en')} ${singular}${number === 1 ? '' : 's'}`;
}
