/** The exact bytes of a body, or why there are none. */
export type ReadBody = Uint8Array | 'too-long' | 'cut-off';

/** Reads a body. Bytes are counted as they come, because `Content-Length` is only what the sender says. */
export async function readBody(request: Request, maxBytes: number): Promise<ReadBody> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body) {
      length += chunk.byteLength;
      if (length > maxBytes) return 'too-long';
      chunks.push(chunk);
    }
  } catch {
    return 'cut-off';
  }
  return joined(chunks, length);
}

/** The bytes of all chunks, one after the other. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
