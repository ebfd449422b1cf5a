const utf8 = new TextDecoder();

/** What separates texts from the rest of JSON. */
const marks = /\\.|[":]/g;

/**
 * Whether an object of a parsed body has a property twice. Parsers differ in which of the two they read.
 *
 * @param value - What the body was parsed to.
 */
export function hasRepeatedProperty(body: Uint8Array, value: unknown): boolean {
  let isInText = false;
  let names = 0;
  for (const [mark] of utf8.decode(body).matchAll(marks)) {
    if (mark === '"') isInText = !isInText;
    // Outside texts, a colon follows each name.
    else if (mark === ':' && !isInText) names += 1;
  }
  return names !== countProperties(value);
}

/** Counts without recursion: a body can be nested deeper than the stack. */
function countProperties(value: unknown): number {
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
