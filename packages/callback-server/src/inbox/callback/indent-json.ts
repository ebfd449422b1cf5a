/**
 * Indents JSON, and changes nothing else. A parser would round long numbers and drop repeated properties, which a person may
 * be looking for. Another text stays as it is.
 */
export function indentJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  const line = (change: number) => {
    depth = Math.max(0, depth + change);
    return `\n${'  '.repeat(depth)}`;
  };
  return text.trim().replaceAll(/"(?:\\.|[^"\\])*"|\s+|[[{]\s*[\]}]|[[\]{},:]/g, (token) => {
    if (/^\s/.test(token)) return '';
    if (token === '{' || token === '[') return token + line(1);
    if (token === '}' || token === ']') return line(-1) + token;
    if (token === ',') return token + line(0);
    return token === ':' ? ': ' : token;
  });
}
