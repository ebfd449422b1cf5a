/** The path and the query of a request, without personal data and secrets. */
export interface RequestAddress {
  readonly path: string;
  readonly query: URLSearchParams;
}

interface MaskedTarget {
  /** The path template of the contract. */
  readonly path: string;
  /** The masked parameters of path and query, by name. */
  readonly parameters?: unknown;
}

/** Fills the path parameters into the path of the contract. The other parameters form the query. */
export function addressOf({ path, parameters }: MaskedTarget): RequestAddress {
  const query = new URLSearchParams(Object(parameters));
  let filled = path;
  for (const [name, value] of [...query]) {
    if (!path.includes(`{${name}}`)) continue;
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    query.delete(name);
  }
  return { path: filled, query };
}
