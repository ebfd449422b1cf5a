import { exampleCallback } from '../load/example-callback.ts';
import { token } from '../server/server-process.ts';
import { type BadInput, json, request } from './bad-input.ts';

const body = Buffer.from(exampleCallback('hostile-request'));
const none = Buffer.alloc(0);
const length = `Content-Length: ${body.length}`;
const size = body.length.toString(16);
const chunked = 'Transfer-Encoding: chunked';
const maxBytes = 256 * 1024;

function text(characters: string): Buffer {
  return Buffer.from(characters, 'latin1');
}
function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([text(`${bytes.length.toString(16)}\r\n`), bytes, text('\r\n')]);
}

const last = text('0\r\n\r\n');
const allChunks = Buffer.concat([chunk(body), last]);
const tooLong = Buffer.concat([...Array.from({ length: 5 }, () => chunk(Buffer.alloc(64 * 1024, 32))), last]);

function inputThatMust(must: BadInput['must']) {
  return (name: string, bytes: Uint8Array, storedBody: Uint8Array = body): BadInput => ({
    name,
    bytes,
    must,
    body: storedBody,
  });
}

/** No response to these inputs may be 2xx. */
const refused = inputThatMust('refuse');
/** These inputs are odd, but complete and authenticated. */
const stored = inputThatMust('store');
const either = inputThatMust('either');

/** The sender disconnects before all is sent. */
function cutOff(name: string, bytes: Uint8Array): BadInput {
  return { ...refused(name, bytes), disconnects: true };
}
function withHeaders(headers: readonly string[], sent: Uint8Array = body): Uint8Array {
  return request(sent, { headers });
}
/** Builds a good request with one header more. */
function withHeader(header: string, sent?: Uint8Array): Uint8Array {
  return withHeaders([json, length, header], sent);
}
function inChunks(...chunks: readonly (Uint8Array | string)[]): Uint8Array {
  const bytes = chunks.map((each) => (typeof each === 'string' ? text(each) : each));
  return withHeaders([json, chunked], Buffer.concat(bytes));
}
function toPath(path: string): Uint8Array {
  return request(body, { path });
}

const wrongTokens = [
  '',
  '%00',
  'wrong-token-of-16-characters',
  token.toUpperCase(),
  token.slice(0, -1),
  `${token}x`,
  `${token}%00`,
  `%20${token}`,
  encodeURIComponent(encodeURIComponent(`${token}/`)),
  `${token},${token}`,
  `${token};a=b`,
  '__proto__',
  '..%2f..%2fetc%2fpasswd',
  '%ff%fe',
  'x'.repeat(8000),
];

/** Requests that break servers, or that a proxy in front would read differently. */
export const hostileRequests: readonly BadInput[] = [
  ...wrongTokens.map((wrong, index) => refused(`wrong token ${index}`, toPath(`/callbacks/${wrong}/accept`))),
  refused('token in the query', toPath(`/callbacks?token=${token}`)),
  refused('token in the query of a wrong path', toPath(`/callbacks/wrong/accept?token=${token}`)),
  refused('token in the fragment', toPath(`/callbacks/wrong/accept#/${token}`)),
  refused('an unknown event', toPath(`/callbacks/${token}/acccept`)),
  refused('an inherited name as event', toPath(`/callbacks/${token}/constructor`)),
  refused('a path too deep', toPath(`/callbacks/${token}/accept/more`)),
  refused('the root', toPath('/')),
  refused('a backslash path', toPath(`\\callbacks\\wrong\\accept`)),
  either('an encoded event', toPath(`/callbacks/${token}/%61ccept`)),
  either('dots in the path', toPath(`/callbacks/wrong/../${token}/accept`)),
  either('double slashes', toPath(`//callbacks//${token}//accept`)),
  either('a trailing slash', toPath(`/callbacks/${token}/accept/`)),
  either('a query', toPath(`/callbacks/${token}/accept?x=%`)),
  either('absolute form', toPath(`http://elsewhere.example.com/callbacks/${token}/accept`)),
  refused('asterisk form', toPath('*')),
  refused('a path of 64 KB', toPath(`/callbacks/${'x'.repeat(65_536)}`)),
  refused('a space in the path', toPath(`/callbacks/${token} /accept`)),
  refused('a control character in the path', toPath(`/callbacks/\x01${token}/accept`)),

  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'post', 'POSTX', 'P\0ST'].map(
    (method) => refused(`method ${method}`, request(body, { method })),
  ),
  refused('method CONNECT', request(none, { method: 'CONNECT', path: 'elsewhere.example.com:443' })),
  refused(
    'another method by header',
    withHeaders(['Content-Type: text/plain', length, 'X-HTTP-Method-Override: POST']),
  ),

  refused('no content type', withHeaders([length])),
  refused('text', withHeaders([length, 'Content-Type: text/plain'])),
  refused('JSON in another type', withHeaders([length, 'Content-Type: application/jsonx'])),
  refused('a form', withHeaders([length, 'Content-Type: application/x-www-form-urlencoded'])),
  refused('JSON after another type', withHeaders([length, 'Content-Type: text/plain; application/json'])),
  either('another charset', withHeaders([length, `${json}; charset=utf-16`])),
  refused('a content coding', withHeaders([length, json, 'Content-Encoding: gzip'])),

  refused('length -1', withHeaders([json, 'Content-Length: -1'])),
  refused('length abc', withHeaders([json, 'Content-Length: abc'])),
  refused('length in hex', withHeaders([json, 'Content-Length: 0x10'])),
  refused('length with a plus', withHeaders([json, `Content-Length: +${body.length}`])),
  refused('length beyond numbers', withHeaders([json, 'Content-Length: 99999999999999999999999'])),
  refused('two lengths', withHeader('Content-Length: 1')),
  refused('two lengths in one', withHeaders([json, `Content-Length: ${body.length}, 1`])),
  refused(
    'a length over the limit',
    withHeaders([json, `Content-Length: ${maxBytes + 1}`], Buffer.alloc(maxBytes + 1, 32)),
  ),
  cutOff('a length far over the limit', withHeaders([json, 'Content-Length: 9000000000000000'])),
  // The bytes after the body are no request. They may end the connection before the response is sent.
  either('length 0 before a body', withHeaders([json, 'Content-Length: 0']), none),
  either('a length too small', withHeaders([json, 'Content-Length: 10']), body.subarray(0, 10)),
  cutOff('a length too large', withHeaders([json, `Content-Length: ${body.length + 10}`])),
  cutOff('no length, and a body', withHeaders([json, 'Connection: close', 'Content-Length: 100000'], none)),
  stored('no length and no body', withHeaders([json], none), none),

  stored('chunked', inChunks(allChunks)),
  stored('chunked, byte by byte', inChunks(...[...body].map((byte) => chunk(Buffer.of(byte))), last)),
  stored('chunked, with a trailer', inChunks(chunk(body), '0\r\nContent-Type: text/plain\r\n\r\n')),
  either('chunked, with an extension', inChunks(`${size};a=b\r\n`, body, '\r\n', last)),
  refused(
    'chunked, with an extension of 64 KB',
    inChunks(`${size};${'a'.repeat(65_536)}\r\n`, body, '\r\n', last),
  ),
  refused('chunked, over the limit', inChunks(tooLong)),
  refused(
    'chunked, over the limit, under a small length',
    withHeaders([json, chunked, 'Content-Length: 5'], tooLong),
  ),
  refused('chunk size zz', inChunks('zz\r\nabc\r\n', last)),
  refused('chunk size -1', inChunks('-1\r\nabc\r\n', last)),
  refused('chunk size beyond numbers', inChunks('fffffffffffffffff\r\nabc\r\n', last)),
  refused('a chunk longer than its size', inChunks('2\r\nabcdef\r\n', last)),
  cutOff('chunked, without an end', inChunks(chunk(body))),
  cutOff('chunked, cut in a chunk', inChunks(allChunks.subarray(0, 100))),

  refused('length and chunks', withHeader(chunked, allChunks)),
  refused('chunks and length', withHeaders([json, chunked, 'Content-Length: 4'], allChunks)),
  refused('chunked twice over', withHeaders([json, chunked, 'Transfer-Encoding: identity'], allChunks)),
  refused('an unknown coding', withHeaders([json, 'Transfer-Encoding: xchunked', length])),
  refused(
    'chunked before another coding',
    withHeaders([json, 'Transfer-Encoding: chunked, gzip'], allChunks),
  ),
  refused('a space before the colon', withHeaders([json, 'Transfer-Encoding : chunked', length], allChunks)),
  refused('a folded header', withHeaders([json, 'Transfer-Encoding:\r\n chunked', length], allChunks)),
  refused(
    'a request within the body of another',
    request(request(body), {
      method: 'GET',
      path: '/health/nothing',
      headers: [`Content-Length: ${request(body).length}`],
    }),
  ),

  refused('HTTP/0.9', text(`POST /callbacks/${token}/accept\r\n\r\n`)),
  refused('HTTP/3.7', request(body, { version: 'HTTP/3.7' })),
  refused('no version', request(body, { version: '' })),
  either('HTTP/1.0', request(body, { version: 'HTTP/1.0' })),
  refused('the start of HTTP/2', text('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')),
  refused('the start of TLS', Buffer.from('16030100f8010000f40303', 'hex')),
  refused('a line of garbage', text('\x00\xff\x13\x37\r\n\r\n')),
  either(
    'only line feeds',
    text(`POST /callbacks/${token}/accept HTTP/1.1\nHost: a\n${json}\n${length}\n\n${body}`),
  ),
  refused(
    'no host',
    Buffer.concat([text(`POST /callbacks/${token}/accept HTTP/1.1\r\n${json}\r\n${length}\r\n\r\n`), body]),
  ),
  either('two hosts', withHeader('Host: elsewhere.example.com')),
  either('a host with a path', withHeader('X-Forwarded-Host: /callbacks')),
  refused('headers of 64 KB', withHeader(`X-Long: ${'x'.repeat(65_536)}`)),
  either(
    '1,500 headers',
    withHeaders([json, length, ...Array.from({ length: 1500 }, (_, index) => `X${index}: 1`)]),
  ),
  refused('NUL in a header', withHeader('X-Nul: a\0b')),
  refused('a header without a colon', withHeader('nonsense')),
  refused('an empty header name', withHeader(': value')),
  either('an upgrade', withHeaders([json, length, 'Connection: Upgrade', 'Upgrade: websocket'])),
  either('an expectation', withHeader('Expect: 100-continue')),
  refused('an unknown expectation', withHeader('Expect: miracles')),
  cutOff('half a request line', text('POST /callb')),
  cutOff('half the headers', text(`POST /callbacks/${token}/accept HTTP/1.1\r\nHost: a\r\nConte`)),
  cutOff('nothing', none),
];
