import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import type { RunningProxy } from './run-proxy.ts';

export const token = 'not-a-real-callback-token';

/** The address that callbacks come from, which is not the address of the proxy. */
export const senderAddress = '127.0.0.2';

/** An accept callback about a merchant of its own, padded with spaces to a length. */
export function callbackBody(merchant: number, length = 0): string {
  const [example] = Object.values(webhooks.accept);
  const id = merchant.toString(16).padStart(24, '0');
  const body = JSON.stringify({ ...example, merchantData: { ...example?.merchantData, id } });
  return body.padEnd(length, ' ');
}

/** Posts to a proxy as the provider does, and returns the status. X-Forwarded-For claims another address of the sender. */
export async function postThrough(
  { port, certificate }: RunningProxy,
  body: string,
  path = `/callbacks/${token}/accept`,
): Promise<number> {
  const posting = request({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    ca: certificate,
    servername: 'localhost',
    localAddress: senderAddress,
    headers: {
      Host: 'localhost',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-Forwarded-For': '203.0.113.9',
    },
    agent: false,
  });
  posting.on('error', () => {}); // A proxy may close the connection after it has refused a body.
  posting.end(body);
  const [response] = (await once(posting, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

/** Sends bytes that need not be a whole request, and returns what the proxy responds until it closes the connection. */
export async function sendBytes(
  { port, certificate }: RunningProxy,
  bytes: string,
  scheme: 'http' | 'https' = 'https',
): Promise<string> {
  const at = { host: '127.0.0.1', port };
  const socket =
    scheme === 'http' ? connectPlain(at) : connectTls({ ...at, ca: certificate, servername: 'localhost' });
  let response = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    response += chunk;
  });
  socket.on('error', () => {}); // A proxy may close the connection while we still write.
  socket.write(bytes);
  await once(socket, 'close');
  return response;
}
