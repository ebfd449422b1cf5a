import { token } from '../workbench/server-process.ts';

/** Something that a broken or a hostile sender might send. */
export interface BadInput {
  readonly name: string;
  /** Everything that goes over the wire, on a connection of its own. */
  readonly bytes: Uint8Array;
  /** What the server must do: keep it, since it is authenticated and whole; or answer nothing like 2xx; or either. */
  readonly must: 'keep' | 'refuse' | 'either';
  /** The body that is kept, if one is. */
  readonly body: Uint8Array;
  /** The sender goes away without waiting for an answer. */
  readonly hangsUp?: boolean;
}

/** A request that the door takes, but for what the caller changes of it. */
export function request(
  body: Uint8Array,
  {
    method = 'POST',
    path = `/callbacks/${token}/accept`,
    version = 'HTTP/1.1',
    headers = ['Content-Type: application/json', `Content-Length: ${body.length}`],
  }: { method?: string; path?: string; version?: string; headers?: readonly string[] } = {},
): Uint8Array {
  const head = [`${method} ${path} ${version}`, 'Host: callbacks.example.com', ...headers, '', ''].join(
    '\r\n',
  );
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

export const json = 'Content-Type: application/json';
