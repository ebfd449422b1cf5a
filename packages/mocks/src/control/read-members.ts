/** A body that was read, or what is wrong with it. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

/** Reads a JSON object, strictly: a misspelt member is a mistake. */
export function readMembers(
  json: string,
  names: readonly string[],
): Read<{ readonly [name: string]: unknown }> {
  const given = parse(json);
  if (!given) return { ok: false, problem: 'The body is not a JSON object.' };
  if (!Object.keys(given).every((name) => names.includes(name)))
    return { ok: false, problem: `The body may have ${names.join(', ')}: nothing else.` };
  return { ok: true, value: given };
}

function parse(json: string): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
