/**
 * The exact bytes of a body, or why there are none. Bytes are counted as they come, because `Content-Length` is only
 * what the sender says.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array | 'too long' | 'cut off'> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body) {
      length += chunk.byteLength;
      if (length > maxBytes) return 'too long';
      chunks.push(chunk);
    }
  } catch {
    return 'cut off';
  }
  return Buffer.concat(chunks, length);
}
