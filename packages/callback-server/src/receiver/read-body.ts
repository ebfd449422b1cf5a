/** The exact bytes of a body, or why they could not be read. */
export type ReadBody =
  | Uint8Array
  /** The body exceeds the limit. */
  | 'too-long'
  /** The sender hung up, or was too slow. */
  | 'cut-off'
  /** Another part of the app has read the body, such as a body parser. */
  | 'consumed';

/** Reads a body. Counts its bytes on arrival, because `Content-Length` is only the sender's claim. */
export async function readBody(request: Request, maxBytes: number): Promise<ReadBody> {
  if (request.bodyUsed || request.body?.locked) return 'consumed';
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
  return joinChunks(chunks, length);
}

export function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
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
