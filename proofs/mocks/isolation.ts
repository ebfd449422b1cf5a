import { startSandbox } from '../../packages/mocks/src/node.ts';
import { createDice } from './dice.ts';
import { readFlags } from './flags.ts';
import { type Asked, Traffic } from './traffic.ts';

// Proof: sandboxes in one server know nothing of each other, whatever is asked of them in whatever order, not even
// where their seeds, and so their ids, are the same. Over HTTP. Run as `npm run mocks:isolation`.
const {
  sandboxes: many,
  requests,
  lanes,
  seed,
} = readFlags({ sandboxes: 1000, requests: 20_000, lanes: 32 });
const dice = createDice(seed);
const { url, sandboxes, close } = await startSandbox({ port: 0, controlPort: 0, maxSandboxes: many });
const worlds = Array.from({ length: many }, (_, at) => {
  // Every tenth has the same seed.
  const { id, sandbox } = sandboxes.create({ seed: `${seed} ${at % Math.ceil(many / 10)}` });
  const tag = `tag${at}x`;
  return { id, tag, traffic: new Traffic(`${seed} ${at}`, sandbox.fixtures, tag), busy: false };
});

type World = (typeof worlds)[number];

const tagPattern = /tag\d+x/g;
const crossed: string[] = [];
let asked = 0;
let intrusions = 0;
let answered = 0;
await Promise.all(Array.from({ length: lanes }, lane));
await close();

console.log(
  `${many} sandboxes, ${asked} interleaved requests, ${answered} with a tag in the answer, ${intrusions} with another's token or id.`,
);
console.log(`${crossed.length} cross-reads (seed ${seed}).`);
for (const cross of crossed.slice(0, 20)) console.log(cross);
process.exitCode = crossed.length === 0 && answered > 0 && intrusions > 0 ? 0 : 1;

/** One of many that ask at the same time. */
async function lane(): Promise<void> {
  while (asked < requests) {
    const world = dice.pick(worlds);
    if (world.busy) continue;
    asked++;
    world.busy = true;
    const other = dice.pick(worlds);
    const partner = other.traffic.partners.find(({ token }) => token !== '');
    if (partner && other !== world && dice.onceIn(10)) await intrude(world, other);
    else await work(world);
    world.busy = false;
  }
}

async function work(world: World): Promise<void> {
  const { asked: request, learn } = world.traffic.next();
  const { status, text } = await send(world, request);
  look(world, request.operationId, text);
  learn({ status, body: JSON.parse(text) });
}

/** Asks one sandbox for a case of another, with the token of the other's partner. */
async function intrude(world: World, other: World): Promise<void> {
  intrusions++;
  const { cases } = other.traffic;
  const { token } = other.traffic.partners.find((partner) => partner.token !== '') ?? { token: '' };
  const realmId = sandboxes.get(world.id)?.fixtures.realm.id;
  const target = `/api/distributors/pullMerchant/${cases[0]?.id ?? '0'.repeat(24)}?realmId=${realmId}`;
  const { text } = await send(world, {
    operationId: 'pullMerchant',
    method: 'GET',
    target,
    headers: { authorization: token },
  });
  look(world, 'pullMerchant', text);
}

async function send(world: World, { method, headers, target, body }: Asked) {
  const response = await fetch(`${url}/s/${world.id}${target}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  return { status: response.status, text: await response.text() };
}

/** No answer of a sandbox holds the tag of another. */
function look({ tag }: World, operationId: string, text: string): void {
  const tags = text.match(tagPattern) ?? [];
  if (tags.length > 0) answered++;
  const foreign = tags.find((each) => each !== tag);
  if (foreign) crossed.push(`${operationId} of ${tag} shows ${foreign}`);
}
