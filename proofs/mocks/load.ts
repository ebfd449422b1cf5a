import { requests } from '@partner-ecosystem/openapi/examples';
import { createSandboxes, type Sandbox } from '../../packages/mocks/src/index.ts';
import {
  ApiSession,
  createMerchant,
  flowId,
  pushOf,
  readyPartner,
  realmId,
} from '../../packages/mocks/test/support/journey.ts';
import { startReceiver } from '../../packages/mocks/test/support/receiver.ts';
import { readFlags, report } from './run/command-line.ts';

// Proof: the time of pushes with callbacks grows linearly. A receiver that hangs holds up no other receiver. Large refused
// requests do not stay in memory. Run as `npm run mocks:load`. The memory is measured with `node --expose-gc`.
const { pushes, refused, seed } = readFlags({ pushes: 10_000, refused: 1500 });
const maxLateMs = 20_000;
const maxGrowth = 64 * 1024 * 1024;

const few = await pushWithCallbacks(pushes / 10);
const many = await pushWithCallbacks(pushes);
const growth = await growthOf(refused);
const ratio = many.cpuMs / few.cpuMs;

report(
  [
    `${pushes} pushes to two receivers, one of them hanging: ${Math.round(many.pushMs)} ms. The other receiver has all of its callbacks ${Math.round(many.lateMs)} ms after the last push (seed ${seed}).`,
    `Ten times as many pushes take ${ratio.toFixed(1)} times the processor time.`,
    `${refused} refused requests of 0.9 MB: the heap grows by ${(growth / 1024 / 1024).toFixed(1)} MB.`,
  ],
  [],
  many.lateMs <= maxLateMs && ratio < 15 && growth <= maxGrowth,
);
process.exit();

/** Pushes cases of two partners in turn. The receiver of one of the partners never responds. */
async function pushWithCallbacks(count: number) {
  const last = Promise.withResolvers<number>();
  const expected = Math.floor(count / 2);
  const working = await startReceiver((received) => {
    if (received === expected) last.resolve(performance.now());
    return new Response();
  });
  const hanging = await startReceiver(() => new Promise<never>(() => {}));
  const sandboxes = createSandboxes();
  const { sandbox } = sandboxes.create({ seed });
  const api = new ApiSession(sandbox.fetch);
  const partners = [
    await partnerWith(sandbox, api, 'one', hanging.url),
    await partnerWith(sandbox, api, 'two', working.url),
  ];
  const [begun, before] = [performance.now(), process.cpuUsage()];
  for (let index = 0; index < count; index++) {
    const token = partners[index % 2] ?? '';
    const merchantId = await createMerchant(api, token);
    await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  }
  const [pushed, { user, system }] = [performance.now(), process.cpuUsage(before)];
  const lateMs = (await last.promise) - pushed;
  void sandboxes.close();
  return { pushMs: pushed - begun, cpuMs: (user + system) / 1000, lateMs };
}

async function partnerWith(
  sandbox: Sandbox,
  api: ApiSession,
  username: string,
  url: string,
): Promise<string> {
  const { token, distributorId } = await readyPartner(api, sandbox.fixtures.administratorToken, username);
  await api.send('registerCallbacks', {
    token,
    json: { distributorId, realmId, flowId, callbacks: { pending: url } },
  });
  return token;
}

/** Sends requests that are refused for their token or for a field. Returns by how many bytes the heap grows. */
async function growthOf(count: number): Promise<number> {
  const { sandbox } = createSandboxes().create({ seed });
  const api = new ApiSession(sandbox.fetch);
  const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const before = heapUsed();
  for (let index = 0; index < count; index++) {
    const fields = Object.fromEntries(
      Array.from({ length: 9000 }, (_, at) => [`field ${index} ${at}`, 'x'.repeat(80)]),
    );
    const json = { ...requests.createMerchant.customer, ...fields, mobile: 7 };
    await api.send('createMerchant', index % 2 === 0 ? { json } : { token, json });
  }
  const after = heapUsed();
  if (sandbox.journal().length < count / 2) throw new Error('The journal has lost the newest requests.');
  return after - before;
}

function heapUsed(): number {
  if (!globalThis.gc) throw new Error('Run this proof with node --expose-gc: npm run mocks:load.');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
