import { readFlags } from './flags.ts';
import { Provider } from './strict/provider.ts';
import type { Sent } from './strict/wrong.ts';
import { withJson, wrongBodies } from './strict/wrong-bodies.ts';
import { wrongHeads } from './strict/wrong-heads.ts';
import { wrongParameters } from './strict/wrong-parameters.ts';

// Proof: a request that breaks any one rule of the contract is refused, with a pointer to the rule's place, and one
// that breaks none is not; each within a second. Over HTTP. Run as `npm run mocks:strict`.
const { valid: mostValid, share, seed } = readFlags({ valid: 1100, share: 1 });
const provider = await Provider.open(seed);
const slow: string[] = [];

const all = [...wrongBodies(provider), ...wrongParameters(provider), ...wrongHeads(provider)];
const wrongs = all.filter((_, at) => at % share === 0);
const misjudged: string[] = [];
for (const wrong of wrongs) {
  const { status, violation } = await judge(wrong);
  const right = status >= 400 && status < 500 && violation === wrong.pointer;
  const { operationId, rule, pointer } = wrong;
  if (!right) misjudged.push(`${operationId} ${rule} at ${pointer}: ${status}, which points to ${violation}`);
}

const refused: string[] = [];
for (let at = 0; at < mostValid; at++) {
  const operationId = withJson[at % withJson.length] ?? 'createMerchant';
  const { status, violation } = await judge({ operationId, body: provider.bodyOf(operationId, `${at}`) });
  if (status !== 200) refused.push(`${operationId}: ${status} ${violation}`);
}
await provider.close();

console.log(
  `${wrongs.length} invalid requests: ${misjudged.length} not refused with the right pointer (seed ${seed}).`,
);
console.log(
  `${mostValid} valid requests: ${refused.length} refused. ${slow.length} of all took more than a second.`,
);
for (const fault of [...misjudged, ...refused, ...slow].slice(0, 20)) console.log(fault);
process.exitCode = misjudged.length + refused.length + slow.length === 0 ? 0 : 1;

async function judge(sent: Sent) {
  const answer = await provider.send(sent);
  if (answer.milliseconds > 1000) slow.push(`${sent.operationId} was answered late`);
  return answer;
}
