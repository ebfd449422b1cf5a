import type { RequestBody, RequestHeaders } from '../core/model/command.ts';

/** The size of a body as it was sent, in bytes, or else the length of its JSON. */
export function bytesOf(body: RequestBody): number {
  if (body.kind !== 'read') return 0;
  return body.bytes ?? JSON.stringify(body.value)?.length ?? 0;
}

export function headerBytes(headers: RequestHeaders): number {
  let sum = 0;
  for (const name in headers) sum += name.length + `${headers[name] ?? ''}`.length;
  return sum;
}
