import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

// Sends the bytes that HttpClient of .NET sends. We wrote them from its known wire format, because .NET is not installed.
// The boundary has quotes, but other parameters have none. The type precedes the disposition. The file name comes twice.
const [action, url, ...others] = process.argv.slice(2);
const { host, hostname, port, pathname } = new URL(url);

function requestOf() {
  if (action === 'json') {
    const [token, body] = others;
    return {
      headers: [`Authorization: ${token}`, 'Content-Type: application/json; charset=utf-8'],
      body: Buffer.from(body),
    };
  }
  const boundary = '0a1b2c3d-4e5f-6789-abcd-ef0123456789';
  const head = [
    `--${boundary}`,
    'Content-Type: image/png',
    "Content-Disposition: form-data; name=file; filename=photo.png; filename*=utf-8''photo.png",
  ];
  const tail = [
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Disposition: form-data; name=ttl',
    '',
    '1 month',
    `--${boundary}--`,
    '',
  ];
  return {
    headers: [`Content-Type: multipart/form-data; boundary="${boundary}"`],
    body: Buffer.concat([
      Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
      readFileSync(others[0]),
      Buffer.from(tail.join('\r\n')),
    ]),
  };
}

const { headers, body } = requestOf();
const socket = connect(Number(port), hostname);
const lines = [
  `POST ${pathname} HTTP/1.1`,
  `Host: ${host}`,
  ...headers,
  `Content-Length: ${body.length}`,
  'Connection: close',
];
socket.write(`${lines.join('\r\n')}\r\n\r\n`);
socket.write(body);
console.log((await text(socket)).split('\r\n\r\n').at(-1));
