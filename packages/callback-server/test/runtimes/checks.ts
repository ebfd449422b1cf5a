import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { same } from '@partner-ecosystem/runtimes/same';
import { callback } from '../support/callbacks.ts';
import { type Kept, maxBodyBytes, secrets, tokens } from './doors.ts';

/** One thing that holds on every runtime, asked from outside. */
export interface Check {
  /** States the rule. */
  readonly name: string;
  run(port: number): Promise<void>;
}

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

async function statusOf(answer: Response | Promise<Response>): Promise<number> {
  const { status, body } = await answer;
  await body?.cancel();
  return status;
}

/** What is kept of these bytes by now. */
async function keptOf(port: number, body: string | Uint8Array): Promise<Kept[]> {
  const all = (await (await fetch(`http://127.0.0.1:${port}/kept`)).json()) as Kept[];
  const sha256 = createHash('sha256').update(body).digest('hex');
  return all.filter(({ bodySha256 }) => bodySha256 === sha256);
}

/** A callback that no other check sends. */
function ofSomeone(changes: object = {}): string {
  return callback('accept', { id: randomUUID(), ...changes });
}

/** In pieces, so that no length is said before. */
function inPieces(text: string): Body {
  const pieces = text.match(/.{1,1000}/gs) ?? [];
  return ReadableStream.from(pieces.map((piece) => Buffer.from(piece)));
}

/** What holds wherever the receiver runs. */
export const checks: readonly Check[] = [
  {
    name: 'a callback is answered with 200 once it is kept, with its exact bytes',
    async run(port) {
      const body = ofSomeone({ id: 'one' });
      const answer = await post(port, tokens.usual, body);
      same([answer.status, await answer.text()], [200, '{"received":true}']);
      const [kept] = await keptOf(port, body);
      same(
        [kept?.event, kept?.verdict, kept?.merchantId, kept?.body],
        ['accept', 'valid', 'one', [...Buffer.from(body)]],
      );
    },
  },
  {
    name: 'many at a time are all kept',
    async run(port) {
      const bodies = Array.from({ length: 50 }, () => ofSomeone());
      const statuses = await Promise.all(bodies.map((body) => statusOf(post(port, tokens.usual, body))));
      same(
        statuses.filter((status) => status !== 200),
        [],
      );
      for (const body of bodies) same((await keptOf(port, body)).length, 1);
    },
  },
  {
    name: 'what breaks the contract, or is no JSON at all, is kept with its verdict',
    async run(port) {
      const broken: [string | Uint8Array<ArrayBuffer>, string][] = [
        [ofSomeone({ status: 7 }), 'invalid'],
        ['{"half', 'unparsable'],
        [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'unparsable'],
        ['', 'unparsable'],
      ];
      for (const [body, verdict] of broken) {
        same(await statusOf(post(port, tokens.usual, body)), 200);
        const [kept] = await keptOf(port, body);
        same([kept?.verdict, kept?.body], [verdict, [...Buffer.from(body)]]);
      }
    },
  },
  {
    name: 'a wrong token is answered as an unknown path and an unknown event',
    async run(port) {
      const wrong = await post(port, 'fake-token-wrong-1', ofSomeone());
      const unknown = [
        await fetch(`http://127.0.0.1:${port}/nothing`),
        await post(port, `${tokens.usual}/x`, ofSomeone()),
        await fetch(`http://127.0.0.1:${port}/callbacks/${tokens.usual}/unheard-of`, { method: 'POST' }),
      ];
      const answer = [wrong.status, await wrong.text()];
      same(answer[0], 404);
      for (const other of unknown) same([other.status, await other.text()], answer);
    },
  },
  {
    name: 'another factor that is missing or wrong is answered with 401, and the right ones with 200',
    async run(port) {
      const { guarded } = tokens;
      const wrong: Headers[] = [
        {},
        { [header.name]: header.value },
        { ...allFactors, [header.name]: `${header.value}x` },
        { ...allFactors, authorization: 'Basic ???' },
      ];
      for (const headers of wrong) same(await statusOf(post(port, guarded, ofSomeone(), headers)), 401);
      same(await statusOf(post(port, guarded, ofSomeone(), allFactors)), 200);
    },
  },
  {
    name: 'another method, another type and an encoded body have their own answers',
    async run(port) {
      const get = await fetch(`http://127.0.0.1:${port}/callbacks/${tokens.usual}/accept`);
      same([get.status, get.headers.get('allow')], [405, 'POST']);
      await get.body?.cancel();
      for (const headers of [{ 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }] as Headers[])
        same(await statusOf(post(port, tokens.usual, ofSomeone(), headers)), 415);
    },
  },
  {
    name: 'a body is counted as it comes, whatever is said of its length',
    async run(port) {
      const [most, more] = [maxBodyBytes, maxBodyBytes + 1].map((length) => ofSomeone().padEnd(length));
      same(await statusOf(post(port, tokens.usual, most ?? '')), 200);
      same(await statusOf(post(port, tokens.usual, more ?? '')), 413);
      same(await statusOf(post(port, tokens.usual, inPieces(more ?? ''))), 413);
      const inTime = ofSomeone();
      same(await statusOf(post(port, tokens.usual, inPieces(inTime))), 200);
      same((await keptOf(port, inTime)).length, 1);
    },
  },
  {
    name: 'where the store fails or is busy, the provider is asked to come again',
    async run(port) {
      for (const token of [tokens.broken, tokens.busy]) {
        const answer = await post(port, token, ofSomeone());
        same([answer.status, answer.headers.get('retry-after')], [503, '5']);
        await answer.body?.cancel();
      }
    },
  },
  {
    name: 'however many ask whether it is alive and ready are told',
    async run(port) {
      const ask = (path: string) => statusOf(fetch(`http://127.0.0.1:${port}/health/${path}`));
      const paths = ['live', 'ready', 'ready', `ready?of=${tokens.broken}`, `ready?of=${tokens.broken}`];
      same(await Promise.all(paths.map(ask)), [200, 200, 200, 503, 503]);
    },
  },
  {
    name: 'a sender that hangs up in the middle of a body leaves nothing behind, and disturbs nobody',
    async run(port) {
      const half = '{"merchantData":{"id":"half"';
      const sender = connect(port, '127.0.0.1');
      await once(sender, 'connect');
      const head = `POST /callbacks/${tokens.usual}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n`;
      await new Promise<void>((resolve) => sender.write(head + half, () => resolve()));
      sender.destroy();
      same(await statusOf(post(port, tokens.usual, ofSomeone())), 200);
      same((await keptOf(port, half)).length, 0);
    },
  },
];

/** What holds where the runtime tells who is connected. */
export const addressCheck: Check = {
  name: 'a callback from an address that is let in is kept, with that address',
  async run(port) {
    const body = ofSomeone();
    same(await statusOf(post(port, tokens.here, body, { 'user-agent': 'provider/1.0' })), 200);
    const [kept] = await keptOf(port, body);
    same(kept?.sender, { address: '127.0.0.1', userAgent: 'provider/1.0' });
  },
};
