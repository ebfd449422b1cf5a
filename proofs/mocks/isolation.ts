import { startSandbox } from '../../packages/mocks/src/node.ts';
import { type ApiRequest, apiRequest, parseJson, send } from './api/api-request.ts';
import { readFlags, report } from './run/command-line.ts';
import { createRandom } from './run/random.ts';
import { Traffic } from './traffic/traffic.ts';

// Proof: a sandbox never shows data of another sandbox of the same server. Requests interleave in random order over HTTP,
// and ten sandboxes share each seed and therefore their ids. Run as `npm run mocks:isolation`.
const {
  sandboxes: count,
  requests: total,
  lanes,
  seed,
} = readFlags({ sandboxes: 1000, requests: 20_000, lanes: 32 });
const random = createRandom(seed);
const { url, sandboxes, close } = await startSandbox({ port: 0, controlPort: 0, maxSandboxes: count });
const subjects = Array.from({ length: count }, (_, index) => {
  const { id, sandbox } = sandboxes.create({ seed: `${seed} ${index % Math.ceil(count / 10)}` });
  const tag = `tag${index}x`;
  return {
    id,
    tag,
    realmId: sandbox.fixtures.realm.id,
    traffic: new Traffic(`${seed} ${index}`, sandbox.fixtures, tag),
  };
});

type Subject = (typeof subjects)[number];

const leaks: string[] = [];
const counts = { requests: 0, tagged: 0, intrusions: 0 };
await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
await close();

const { requests, tagged, intrusions } = counts;
report(
  [
    `${count} sandboxes, ${requests} interleaved requests, ${tagged} responses with a tag, ${intrusions} requests with the token or id of another sandbox.`,
    `${leaks.length} cross-reads (seed ${seed}).`,
  ],
  leaks,
  leaks.length === 0 && tagged > 0 && intrusions > 0,
);

/** Sends requests one after another to the sandboxes of this lane. Lanes run concurrently. */
async function runLane(lane: number): Promise<void> {
  const own = subjects.filter((_, index) => index % lanes === lane);
  while (own.length > 0 && counts.requests < total) {
    counts.requests++;
    const subject = random.pick(own);
    const other = random.pick(subjects);
    const isIntrusion = other !== subject && random.oneIn(10);
    await (isIntrusion && tokenOf(other) !== '' ? intrude(subject, other) : work(subject));
  }
}

async function work(subject: Subject): Promise<void> {
  const { request, record } = subject.traffic.next();
  const { status, text } = await sendTo(subject, request);
  record(status, parseJson(text));
}

/** Pulls a case of another sandbox with a token of that sandbox. */
async function intrude(subject: Subject, other: Subject): Promise<void> {
  counts.intrusions++;
  const parameter = other.traffic.partners.flatMap(({ merchantIds }) => merchantIds)[0] ?? '0'.repeat(24);
  const query = `?realmId=${subject.realmId}`;
  await sendTo(subject, apiRequest('pullMerchant', { token: tokenOf(other), parameter, query }));
}

function tokenOf({ traffic }: Subject): string {
  return traffic.partners.find(({ token }) => token !== '')?.token ?? '';
}

/** Sends a request and checks that the response has no tag of another sandbox. */
async function sendTo({ id, tag }: Subject, request: ApiRequest) {
  const response = await send(fetch, `${url}/s/${id}`, request);
  const tags = response.text.match(/tag\d+x/g) ?? [];
  if (tags.length > 0) counts.tagged++;
  const foreign = tags.find((each) => each !== tag);
  if (foreign) leaks.push(`${request.operationId} of ${tag} shows ${foreign}`);
  return response;
}
