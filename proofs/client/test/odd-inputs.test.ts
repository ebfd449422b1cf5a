import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { describe, expect, test } from 'vitest';
import {
  createDecisions,
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
  PartnerError,
  pushBody,
  storeFile,
} from '../../../packages/client/src/index.ts';
import { exampleInput } from '../../../packages/client/test/support/contract-example.ts';
import { pull } from '../../../packages/client/test/support/example-input.ts';
import { administratorToken, credentials } from '../../../packages/client/test/support/provider.ts';

type AnyMethod = (input: unknown, options?: object) => Promise<unknown>;

const random = seededRandom(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const circular: Record<string, unknown> = {};
circular['self'] = circular;

/** Values that programs pass by mistake. */
const oddValues: readonly unknown[] = [
  undefined,
  null,
  '',
  '..',
  '\ud800',
  7n,
  Symbol('text'),
  Number.NaN,
  [],
  {},
  Object.create(null),
  { toString: 'text' },
  circular,
  () => {},
];

/** Bodies that a provider, a proxy or an attacker can send. */
const oddBodies: readonly string[] = [
  '',
  'null',
  '7',
  '"text"',
  '[]',
  '[null]',
  '{}',
  '{"error":null}',
  '{"error":7}',
  '{"error":{"code":{},"message":[],"details":7}}',
  '{"error":{"details":{"codes":[[1],"a",null]}}}',
  '{"error":{"details":{"codes":{"__proto__":["a"],"constructor":7}}}}',
  '{"__proto__":null,"constructor":null,"toString":1}',
  '{"result":{"merchantData":[]}}',
  '{"data":null}',
  '{"file":[]}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '<html>\u0000\ud800',
];

const oddHeaders: readonly Record<string, string>[] = [
  {},
  { 'Retry-After': 'Invalid Date' },
  { 'Retry-After': '9'.repeat(400) },
  { 'Retry-After': `${'1, '.repeat(2000)}x` },
  { 'X-Request-Id': '%E0%A4%A', 'Content-Type': 'application/json; charset=none' },
  { Location: 'http://[', 'Content-Length': 'x' },
];

/** @param oddLogins - Share of logins that get the same response as other calls. */
function clientOf(
  status: number,
  body: string,
  headers: Record<string, string>,
  oddLogins: number,
): PartnerClient {
  const isEmpty = [204, 304].includes(status);
  const fetch = async ({ url }: Request) =>
    url.endsWith('login') && random() >= oddLogins
      ? Response.json({ id: 'token' })
      : new Response(isEmpty ? null : body, { status, headers });
  const options = { environment: 'preproduction', credentials, administratorToken, fetch, retry: false };
  return createPartnerClient(options as PartnerClientOptions);
}

/** Whether an error is one that the README names. The client's own errors about an input have these beginnings. */
function isDocumented(error: unknown): boolean {
  if (error instanceof PartnerError) return true;
  const isOfInput = error instanceof TypeError || error instanceof RangeError;
  const begins =
    /^(\w+ (needs|has)|Cannot build the push|A file must|The (lifetime|option)|[\w.]+ must be)\b/;
  return isOfInput && begins.test(error.message);
}

describe('inputs and responses of any kind', () => {
  test(`end in a result or in a documented error (SEED=${seed})`, async () => {
    const operationIds = Object.keys(operations) as OperationId[];
    for (let round = 0; round < 3000; round += 1) {
      const status = pick([200, 201, 204, 302, 304, 400, 401, 403, 404, 408, 422, 429, 500, 503]);
      const partner = clientOf(status, pick(oddBodies), pick(oddHeaders), 0.3);
      const operation = operations[pick(operationIds)];
      const example = exampleInput(operation);
      const odd =
        random() < 0.2 ? pick(oddValues) : { ...example, [pick(Object.keys(example))]: pick(oddValues) };
      const input = random() < 0.5 ? example : odd;
      const of = random() < 0.5 ? partner : partner.raw;
      const call = (of[operation.operationId] as AnyMethod)(input);
      const error = await call.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (error !== undefined) expect(error).toSatisfy(isDocumented);
    }
  });

  test(`the helpers end in a result or in a documented error (SEED=${seed})`, async () => {
    for (let round = 0; round < 1000; round += 1) {
      const body = pick(oddBodies.filter((text) => !text.startsWith('<') && text !== ''));
      const partner = clientOf(200, body, {}, 0);
      const wait = { firstPullAfterMs: 0, intervalMs: 1, deadlineMs: 20 };
      const attempts: (() => unknown)[] = [
        () => createDecisions(partner).waitFor(pull, wait),
        () => createDecisions(partner).notify(JSON.parse(body)),
        () => storeFile(partner, pick(oddValues) as never, '1 month'),
        () => storeFile(partner, new Blob(['x']), '1 month'),
        () =>
          pushBody(
            JSON.parse(body),
            { flowId: 'f', realmId: 'r', merchantId: 'm' },
            pick(oddValues) as never,
          ),
      ];
      const error = await (async () => pick(attempts)())().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (error !== undefined) expect(error).toSatisfy(isDocumented);
    }
  });
});
