const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What separates texts from the rest of JSON. */
const marks = /\\.|[":]/g;

/**
 * Whether an object of a parsed body has two members of one name. Parsers differ in which of the two they read.
 *
 * @param value - What the body was parsed to.
 */
export function hasTwins(body: Uint8Array, value: unknown): boolean {
  let isInText = false;
  let names = 0;
  for (const [mark] of utf8.decode(body).matchAll(marks)) {
    if (mark === '"') isInText = !isInText;
    // Outside texts, a colon follows each name.
    else if (mark === ':' && !isInText) names += 1;
  }
  return names !== countMembers(value);
}

/** Counts without recursion: a body can be nested deeper than the stack. */
function countMembers(value: unknown): number {
  const values = [value];
  let count = 0;
  for (const each of values) {
    if (typeof each !== 'object' || each === null) continue;
    const inner = Object.values(each);
    if (!Array.isArray(each)) count += inner.length;
    for (const one of inner) values.push(one);
  }
  return count;
}

/** Parses a body; `undefined` if it is not JSON, or not UTF-8. A byte order mark at the beginning is ignored. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
