import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operations } from '@partner-ecosystem/openapi/operations';
import { requests } from '@partner-ecosystem/openapi/schemas';
import { createDerive } from '../src/core/derive.ts';
import { generate } from '../src/core/generate/generate.ts';
import { startSandbox } from '../src/node.ts';
import { breakSchema } from './break-schema.ts';
import { readFlags } from './flags.ts';

// Proof: a request that breaks any one rule of the contract is refused, with a pointer to the rule's place, and one
// that breaks none is not; each within a second. Over HTTP. Run as `npm run proof:strict`.
const { valid: mostValid, share, seed } = readFlags({ valid: 1100, share: 1 });
const derive = createDerive(seed);
const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0, seed });
const { realm, administratorToken } = sandbox.world;
const flow = realm.flows[0] ?? { id: '', pages: [] };

interface Sent {
  readonly operationId: OperationId;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: { readonly [name: string]: string | undefined };
  readonly target?: string;
}

interface Wrong extends Sent {
  /** Where the refusal must point to. */
  readonly pointer: string;
  readonly rule: string;
}

const password = 'Not-a-real-password-1';
let names = 0;
const fresh = () => `example-${++names}`;
const withBody = Object.keys(requests).filter((id): id is OperationId => id !== 'uploadFile');
const ids = () => ({ distributorId: partner.id, realmId: realm.id });
const known: { readonly [Id in OperationId]?: () => object } = {
  createPartner: () => ({ username: fresh(), email: `${fresh()}@example.com`, password }),
  loginPartner: () => ({ username: partner.username, password, realm: realm.name }),
  linkPartner: () => ({ ...ids(), flowIds: [flow.id] }),
  assignFlows: () => ({ ...ids(), flowIds: [flow.id] }),
  createMerchant: () => ({ realmId: realm.id, realm: realm.name, flowId: flow.id }),
  pushMerchant: () => ({ realmId: realm.id, flowId: flow.id, merchantId, data: items() }),
  registerCallbacks: () => ({ ...ids(), flowId: flow.id }),
  uploadBase64: () => ({ base64String: 'AAAA' }),
};

const partner = await newPartner();
const merchantId = idIn(
  await send({ operationId: 'createMerchant', body: bodyOf('createMerchant', 'first') }),
);

const slow: string[] = [];
const wrongs = [...wrongBodies(), ...wrongParameters(), ...wrongHeads()].filter((_, at) => at % share === 0);
const misjudged: string[] = [];
for (const wrong of wrongs) {
  const { status, violation } = await send(wrong);
  const right = status >= 400 && status < 500 && violation === wrong.pointer;
  if (!right)
    misjudged.push(
      `${wrong.operationId} ${wrong.rule} at ${wrong.pointer}: ${status}, which points to ${violation}`,
    );
}
const refused: string[] = [];
for (let at = 0; at < mostValid; at++) {
  const operationId = withBody[at % withBody.length] ?? 'createMerchant';
  const { status, violation } = await send({ operationId, body: bodyOf(operationId, `${at}`) });
  if (status !== 200) refused.push(`${operationId}: ${status} ${violation}`);
}
await close();

console.log(
  `${wrongs.length} invalid requests: ${misjudged.length} not refused with the right pointer (seed ${seed}).`,
);
console.log(
  `${mostValid} valid requests: ${refused.length} refused. ${slow.length} of all took more than a second.`,
);
for (const fault of [...misjudged, ...refused, ...slow].slice(0, 20)) console.log(fault);
process.exitCode = misjudged.length + refused.length + slow.length === 0 ? 0 : 1;

async function send({ operationId, body, raw, headers = {}, target }: Sent) {
  const { method, path } = operations[operationId];
  const { security }: { readonly security: readonly string[] } = operations[operationId];
  const token = security.includes('PartnerToken')
    ? partner?.token
    : security.length > 0
      ? administratorToken
      : undefined;
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const all = {
    authorization: token,
    'content-type': text === undefined ? undefined : 'application/json',
    ...headers,
  };
  const begun = performance.now();
  const response = await fetch(`${url}${target ?? path}`, {
    method,
    headers: Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
    ...(text !== undefined && { body: text }),
    signal: AbortSignal.timeout(10_000),
  });
  const told: unknown = await response.json();
  if (performance.now() - begun > 1000) slow.push(`${operationId} was answered late`);
  const violation = response.headers.get('sandbox-violation')?.split(' ')[0];
  return {
    status: response.status,
    violation: violation === undefined ? undefined : decodeURI(violation),
    told,
  };
}

async function newPartner() {
  const username = fresh();
  const created = await send({ operationId: 'createPartner', body: { username, password } });
  const login = await send({ operationId: 'loginPartner', body: { username, password } });
  const made = { username, id: idIn(created), token: idIn(login) };
  const link = { distributorId: made.id, realmId: realm.id, flowIds: [flow.id] };
  const response = await fetch(`${url}${operations.linkPartner.path}`, {
    method: 'POST',
    headers: { authorization: made.token, 'content-type': 'application/json' },
    body: JSON.stringify(link),
  });
  if (!response.ok) throw new Error('The partner of the proof could not be linked.');
  return made;
}

function idIn({ told }: { readonly told: unknown }): string {
  return `${(Object(told) as { readonly id?: unknown }).id}`;
}

/** A body that the sandbox must take: made from the schema, with the names of this world. */
function bodyOf(operationId: OperationId, key: string): object {
  const schema = requests[operationId];
  const extent = derive(`extent ${key}`) < '8' ? 'required' : 'everything';
  const made = Object(schema && generate(schema, derive, key, extent));
  const own = operationId === 'createMerchant' ? { [`own ${key}`]: derive(key) } : {};
  return { ...made, ...own, ...(known[operationId]?.() ?? {}) };
}

function items(): object[] {
  return flow.pages.flatMap(({ id, widgets }) =>
    widgets.map(({ name, labels }) => ({
      pageId: id,
      widgetName: name,
      data: Object.fromEntries(Object.keys(labels).map((label) => [label, 'example'])),
    })),
  );
}

function wrongBodies(): Wrong[] {
  return withBody.flatMap((operationId) => {
    const schema = requests[operationId];
    const body = {
      ...Object(schema && generate(schema, derive, 'broken', 'everything')),
      ...known[operationId]?.(),
    };
    return breakSchema(schema ?? {}, body).map(({ body: broken, pointer, keyword }) => ({
      ...{ operationId, body: broken, rule: keyword },
      pointer: `/body${pointer}`,
    }));
  });
}

function wrongParameters(): Wrong[] {
  const pull = (id: string, query: string) => ({ target: `/api/distributors/pullMerchant/${id}${query}` });
  const spec = (id: string, query: string) => ({
    target: `/api/distributors/pushMerchantSpec/${id}${query}`,
  });
  const badIds = ['none', 'ZZZZZZZZZZZZZZZZZZZZZZZZ', `${merchantId}0`, '%20', '%zz'];
  const okay = `?realmId=${realm.id}`;
  return [
    ...badIds.flatMap((id): Wrong[] => [
      { operationId: 'pullMerchant', ...pull(id, okay), pointer: '/path/merchantId', rule: 'pattern' },
      {
        operationId: 'getPushMerchantSpec',
        ...spec(id, ''),
        pointer: '/path/applicationId',
        rule: 'pattern',
      },
      {
        operationId: 'pullMerchant',
        ...pull(merchantId, `?realmId=${id}`),
        pointer: '/query/realmId',
        rule: 'pattern',
      },
      {
        operationId: 'getPushMerchantSpec',
        ...spec(realm.id, `?flowId=${id}`),
        pointer: '/query/flowId',
        rule: 'pattern',
      },
    ]),
    { operationId: 'pullMerchant', ...pull(merchantId, ''), pointer: '/query/realmId', rule: 'required' },
    {
      operationId: 'pullMerchant',
      ...pull(merchantId, `${okay}&realmId=${realm.id}`),
      pointer: '/query/realmId',
      rule: 'type',
    },
    {
      operationId: 'pullMerchant',
      ...pull(merchantId, `${okay}&version=`),
      pointer: '/query/version',
      rule: 'minLength',
    },
    ...['yes', '1.5', 'TRUE', 'null!'].map(
      (flag): Wrong => ({
        operationId: 'getPushMerchantSpec',
        ...spec(realm.id, `?sampleData=${flag}`),
        pointer: '/query/sampleData',
        rule: 'type',
      }),
    ),
  ];
}

/** What is wrong before a body is looked at: no token, no JSON. */
function wrongHeads(): Wrong[] {
  const tokens = [undefined, 'unknown', `Bearer ${partner.token}`, `${partner.token} `.repeat(2), partner.id];
  return Object.values(operations).flatMap(({ operationId, security, method }): Wrong[] => {
    if (operationId === 'uploadFile') return [];
    const body = method === 'POST' ? { body: bodyOf(operationId, 'head') } : {};
    const target = targetOf(operationId);
    const secured = security.length === 0 ? [] : tokens;
    return [
      ...secured.map((authorization) => ({
        ...{ operationId, ...body, ...target, headers: { authorization } },
        pointer: '/headers/authorization',
        rule: 'security',
      })),
      ...(method === 'POST' ? wrongMedia(operationId) : []),
    ];
  });
}

function targetOf(operationId: OperationId): { target?: string } {
  if (operationId === 'pullMerchant')
    return { target: `/api/distributors/pullMerchant/${merchantId}?realmId=${realm.id}` };
  return operationId === 'getPushMerchantSpec'
    ? { target: `/api/distributors/pushMerchantSpec/${realm.id}` }
    : {};
}

function wrongMedia(operationId: OperationId): Wrong[] {
  const body = bodyOf(operationId, 'media');
  const types = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'json',
    'application/json-seq',
  ];
  const broken = [
    '',
    '{',
    '{"a":}',
    '[1,',
    'null',
    '7',
    '"text"',
    '{"a":1,}',
    '\u{feff}\u{feff}{}',
    '{"a":NaN}',
  ];
  return [
    ...types.map((type) => ({
      ...{ operationId, body, headers: { 'content-type': type }, rule: 'media type' },
      pointer: '/headers/content-type',
    })),
    ...broken.map((raw) => ({
      ...{ operationId, raw, rule: 'JSON', pointer: '/body' },
      headers: { 'content-type': 'application/json' },
    })),
  ];
}
