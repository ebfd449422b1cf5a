/** A page shows fewer characters. Longer texts would hold up the server. */
const maxLength = 300_000;
/** Without a limit, the indented text of a body of brackets would not fit into memory. */
const maxIndent = 20;

/** Each character is read once: an unclosed string ends with the text. */
const tokens = /"(?:\\[\s\S]|[^"\\])*"?|\s+|[[{]\s*[\]}]|[[\]{},:]/g;

/**
 * Indents JSON, and changes nothing else. A parser would round long numbers and drop repeated properties, which a
 * person may be looking for. Other texts and very long texts stay as they are.
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
