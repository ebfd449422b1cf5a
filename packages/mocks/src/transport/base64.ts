/** A multiple of three, so that only the last chunk is padded; and few enough to be the arguments of one call. */
const chunkSize = 24_576;

/** Encodes bytes with functions that browsers and Node share. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize)
    parts.push(btoa(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(start, start + chunkSize))));
  return parts.join('');
}

export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
