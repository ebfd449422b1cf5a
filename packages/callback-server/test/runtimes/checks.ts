import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Check, Suite } from '@partner-ecosystem/runtimes';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { callback } from '../support/callbacks.ts';
import { type Kept, maxBodyBytes, secrets, tokens } from './receivers.ts';

type Headers = Readonly<Record<string, string>>;
type Body = NonNullable<RequestInit['body']>;

const asJson = { 'content-type': 'application/json' };
const { header, credentials } = secrets;
const allFactors = {
  [header.name]: header.value,
  authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
};

async function post(port: number, token: string, body: Body, headers: Headers = {}): Promise<Response> {
  const init = { method: 'POST', body, headers: { ...asJson, ...headers }, duplex: 'half' } as const;
  return fetch(`http://127.0.0.1:${port}/callbacks/${token}/accept`, init);
}

async function statusOf(response: Response | Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}

/** Stored callbacks that have exactly this body. */
async function keptOf(port: number, body: string | Uint8Array): Promise<Kept[]> {
  const all = (await (await fetch(`http://127.0.0.1:${port}/kept`)).json()) as Kept[];
  const sha256 = createHash('sha256').update(body).digest('hex');
  return all.filter(({ bodySha256 }) => bodySha256 === sha256);
}

/** Creates a callback that no other check sends. */
function uniqueCallback(changes: object = {}): string {
  return callback('accept', { id: randomUUID(), ...changes });
}

/** Splits a body into chunks, so that no `Content-Length` is sent. */
function inChunks(text: string): Body {
  const chunks = text.match(/.{1,1000}/gs) ?? [];
  return ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)));
}

const noAddress = 'workerd gives no address, because Cloudflare sends the address in a header';

/** Rules of the receiver in every runtime. */
const checks: readonly Check[] = [
  {
    name: 'a callback gets 200 after it is stored, with its exact bytes',
    async run({ port }) {
      const body = uniqueCallback({ id: 'one' });
      const response = await post(port, tokens.usual, body);
      assertSame([response.status, await response.text()], [200, '{"received":true}']);
      const [kept] = await keptOf(port, body);
      assertSame(
        [kept?.event, kept?.verdict, kept?.merchantId, kept?.body],
        ['accept', 'valid', 'one', [...Buffer.from(body)]],
      );
    },
  },
  {
    name: 'concurrent callbacks are all stored',
    async run({ port }) {
      const bodies = Array.from({ length: 50 }, () => uniqueCallback());
      const statuses = await Promise.all(bodies.map((body) => statusOf(post(port, tokens.usual, body))));
      assertSame(
        statuses.filter((status) => status !== 200),
        [],
      );
      for (const body of bodies) assertSame((await keptOf(port, body)).length, 1);
    },
  },
  {
    name: 'a body that violates the contract or is not JSON is stored with its verdict',
    async run({ port }) {
      const broken: [string | Uint8Array<ArrayBuffer>, string][] = [
        [uniqueCallback({ status: 7 }), 'invalid'],
        ['{"half', 'unparsable'],
        [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'unparsable'],
        ['', 'unparsable'],
      ];
      for (const [body, verdict] of broken) {
        assertSame(await statusOf(post(port, tokens.usual, body)), 200);
        const [kept] = await keptOf(port, body);
        assertSame([kept?.verdict, kept?.body], [verdict, [...Buffer.from(body)]]);
      }
    },
  },
  {
    name: 'a wrong token gets the same response as an unknown path and an unknown event',
    async run({ port }) {
      const wrong = await post(port, 'fake-token-wrong-1', uniqueCallback());
      const unknown = [
        await fetch(`http://127.0.0.1:${port}/nothing`),
        await post(port, `${tokens.usual}/x`, uniqueCallback()),
        await fetch(`http://127.0.0.1:${port}/callbacks/${tokens.usual}/unheard-of`, { method: 'POST' }),
      ];
      const expected = [wrong.status, await wrong.text()];
      assertSame(expected[0], 404);
      for (const other of unknown) assertSame([other.status, await other.text()], expected);
    },
  },
  {
    name: 'a missing or wrong second factor gets 401, and the right factors get 200',
    async run({ port }) {
      const { guarded } = tokens;
      const wrong: Headers[] = [
        {},
        { [header.name]: header.value },
        { ...allFactors, [header.name]: `${header.value}x` },
        { ...allFactors, authorization: 'Basic ???' },
      ];
      for (const headers of wrong)
        assertSame(await statusOf(post(port, guarded, uniqueCallback(), headers)), 401);
      assertSame(await statusOf(post(port, guarded, uniqueCallback(), allFactors)), 200);
    },
  },
  {
    name: 'a wrong method gets 405; a wrong media type and an encoded body get 415',
    async run({ port }) {
      const get = await fetch(`http://127.0.0.1:${port}/callbacks/${tokens.usual}/accept`);
      assertSame([get.status, get.headers.get('allow')], [405, 'POST']);
      await get.body?.cancel();
      for (const headers of [{ 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }] as Headers[])
        assertSame(await statusOf(post(port, tokens.usual, uniqueCallback(), headers)), 415);
    },
  },
  {
    name: 'the size of a body is measured while it arrives',
    async run({ port }) {
      const [largest, tooLarge] = [maxBodyBytes, maxBodyBytes + 1].map((length) =>
        uniqueCallback().padEnd(length),
      );
      assertSame(await statusOf(post(port, tokens.usual, largest ?? '')), 200);
      assertSame(await statusOf(post(port, tokens.usual, tooLarge ?? '')), 413);
      assertSame(await statusOf(post(port, tokens.usual, inChunks(tooLarge ?? ''))), 413);
      const small = uniqueCallback();
      assertSame(await statusOf(post(port, tokens.usual, inChunks(small))), 200);
      assertSame((await keptOf(port, small)).length, 1);
    },
  },
  {
    name: 'a failing or busy store gets 503 with Retry-After',
    async run({ port }) {
      for (const token of [tokens.broken, tokens.busy]) {
        const response = await post(port, token, uniqueCallback());
        assertSame([response.status, response.headers.get('retry-after')], [503, '5']);
        await response.body?.cancel();
      }
    },
  },
  {
    name: 'concurrent health requests all get a response',
    async run({ port }) {
      const ask = (path: string) => statusOf(fetch(`http://127.0.0.1:${port}/health/${path}`));
      const paths = ['live', 'ready', 'ready', `ready?of=${tokens.broken}`, `ready?of=${tokens.broken}`];
      assertSame(await Promise.all(paths.map(ask)), [200, 200, 200, 503, 503]);
    },
  },
  {
    name: 'a connection that breaks within a body stores nothing and disturbs no other callback',
    async run({ port }) {
      const half = '{"merchantData":{"id":"half"';
      const sender = connect(port, '127.0.0.1');
      await once(sender, 'connect');
      const head = `POST /callbacks/${tokens.usual}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n`;
      await new Promise<void>((resolve) => sender.write(head + half, () => resolve()));
      sender.destroy();
      assertSame(await statusOf(post(port, tokens.usual, uniqueCallback())), 200);
      assertSame((await keptOf(port, half)).length, 0);
    },
  },
  {
    name: 'a callback from an allowed address is stored with that address',
    async run({ port }) {
      const body = uniqueCallback();
      const headers = { 'user-agent': 'provider/1.0' };
      assertSame(await statusOf(post(port, tokens.loopbackOnly, body, headers)), 200);
      const [kept] = await keptOf(port, body);
      assertSame(kept?.sender, { address: '127.0.0.1', userAgent: 'provider/1.0' });
    },
    except: { workerd: noAddress, 'workerd of 2024': noAddress },
  },
];

/** The receivers run in the runtime. The checks send them requests from outside. */
export const suite: Suite = { entry: new URL('in-runtime.ts', import.meta.url), checks };
