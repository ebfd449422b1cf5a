/** A page shows fewer characters. Longer texts would hold up the server. */
const maxLength = 300_000;
/** Without a limit, a body of nothing but brackets would become longer than the memory. */
const maxIndent = 20;

/** Each character is read once: a string that nothing closes ends with the text. */
const tokens = /"(?:\\[\s\S]|[^"\\])*"?|\s+|[[{]\s*[\]}]|[[\]{},:]/g;

/**
 * Indents JSON, and changes nothing else. A parser would round long numbers and drop repeated properties, which a person may
 * be looking for. Another text stays as it is, and so does a very long one.
 */
export function indentJson(text: string): string {
  if (text.length > maxLength || !/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  const line = (change: number) => {
    depth = Math.max(0, depth + change);
    return `\n${'  '.repeat(Math.min(depth, maxIndent))}`;
  };
  return text.trim().replaceAll(tokens, (token) => {
    if (/^\s/.test(token)) return '';
    if (token === '{' || token === '[') return token + line(1);
    if (token === '}' || token === ']') return line(-1) + token;
    if (token === ',') return token + line(0);
    return token === ':' ? ': ' : token;
  });
}
