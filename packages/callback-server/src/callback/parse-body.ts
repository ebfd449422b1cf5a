const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Parses a body; `undefined` if it is not JSON, or not UTF-8. A byte order mark at the beginning is ignored. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
