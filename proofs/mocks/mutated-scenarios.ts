import { requests } from '@partner-ecosystem/openapi/examples';
import { createControl } from '../../packages/mocks/src/control-client.ts';
import { startSandbox } from '../../packages/mocks/src/node.ts';
import { apiRequest, send } from './api/api-request.ts';
import { readFlags, report } from './run/command-line.ts';
import { createRandom } from './run/random.ts';
import { busyScenario } from './scenarios/busy-scenario.ts';
import { mutate } from './scenarios/mutate.ts';

// Proof: a snapshot or a scenario with a mistake is refused with a pointer to the mistake, or it runs to the end. No mutant
// crashes the server, and none gets a status of 500. Run as `npm run mocks:mutated-scenarios`.
const { mutants, seed } = readFlags({ mutants: 500 });
const random = createRandom(seed);
const scenario = await busyScenario(seed);
const { url, controlUrl, controlToken, close } = await startSandbox({ port: 0, controlPort: 0, seed });
const control = createControl({ url: controlUrl, token: controlToken });
const statuses: number[] = [];
const broken: string[] = [];
let refused = 0;
let ran = 0;

for (let index = 0; index < mutants; index++) await tryMutant(index);
await close();

report(
  [
    `${mutants} mutants: ${refused} refused with a pointer, ${ran} ran to the end, ${broken.length} did neither (seed ${seed}).`,
    `${statuses.length} responses, ${statuses.filter((status) => status >= 500).length} with a status of 500 or more.`,
  ],
  broken,
  broken.length === 0 && refused > 0 && ran > 0,
);

async function tryMutant(index: number): Promise<void> {
  const asSnapshot = random.oneIn(2);
  const { value, pointer, what } = mutate(random, asSnapshot ? scenario.state : scenario);
  const subject = `mutant ${index}: ${pointer} ${what}`;
  const id = `mutant-${index}`;
  await control.server.POST('/sandboxes', { body: { id, seed: 'any' } });
  const body = { body: value as never }; // The mutant is meant to be wrong.
  const loading = asSnapshot
    ? control.sandbox(id).PUT('/snapshot', body)
    : control.sandbox(id).PUT('/scenario', body);
  const { response, error } = await loading.catch(() => ({ response: undefined, error: undefined }));
  const detail = `${error?.detail}`;
  if (response?.status === 204) {
    const found = await runToTheEnd(id).catch((problem) => `${problem}`);
    if (found === undefined) ran++;
    else broken.push(`${subject}: ${found}`);
  } else if (response?.status === 400 && /at (its root|\/)|The body/.test(detail)) refused++;
  else broken.push(`${subject}: status ${response?.status}, ${detail}`);
  await control.server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId: id } } });
}

/** Uses everything that a sandbox has. Returns the first internal error. */
async function runToTheEnd(id: string): Promise<string | undefined> {
  const { GET, POST, PUT } = control.sandbox(id);
  const reveal = { params: { query: { reveal: true } } } as const;
  const { data: state } = await GET('/snapshot', reveal);
  const note = (what: string, status: number) => {
    statuses.push(status);
    return status >= 500 ? `${what} got ${status}` : undefined;
  };
  for (const merchantId of Object.keys(state?.merchants ?? {})) {
    const path = { path: { merchantId } };
    for (const decision of ['accept', 'reverse', 'draft'] as const) {
      const { response } = await POST('/merchants/{merchantId}/decision', {
        params: path,
        body: { decision },
      });
      const found =
        note(decision, response.status) ??
        note('a case', (await GET('/merchants/{merchantId}', { params: path })).response.status);
      if (found) return found;
    }
  }
  for (const request of requestsTo(state)) {
    const { status } = await send(fetch, `${url}/s/${id}`, request);
    const found = note(request.operationId, status);
    if (found) return found;
  }
  const last = [
    await POST('/clock/advance', { body: { seconds: 86_400 } }),
    await POST('/clock/advance', { body: { seconds: 86_400_000 } }),
    await GET('/callbacks'),
    await GET('/merchants'),
    await GET('/faults'),
    await GET('/journal'),
    await GET('/journal/har'),
    await GET('/world'),
    await GET('/scenario', reveal),
    await control.server.GET('/sandboxes'),
    await PUT('/snapshot', { body: (await GET('/snapshot', reveal)).data as never }),
  ];
  for (const { response } of last) {
    const found =
      note(response.url, response.status) ??
      (response.status >= 400 ? `${response.url} got ${response.status}` : undefined);
    if (found) return found;
  }
  return undefined;
}

type State = { readonly tokens?: object; readonly merchants?: object; readonly realms?: object };

/** Every operation, for each token and case of a state. */
function* requestsTo({ tokens = {}, merchants = {}, realms = {} }: State = {}) {
  const [realmId = ''] = Object.keys(realms);
  yield apiRequest('loginPartner', { body: requests.loginPartner.credentials });
  for (const token of Object.keys(tokens)) {
    yield apiRequest('createPartner', {
      token,
      body: { username: `new-${token.slice(0, 9)}`, password: 'Not-a-real-password-1' },
    });
    yield apiRequest('createMerchant', { token, body: requests.createMerchant.customer });
    yield apiRequest('getPushMerchantSpec', { token, parameter: realmId });
    for (const merchantId of Object.keys(merchants)) {
      yield apiRequest('pullMerchant', { token, parameter: merchantId, query: `?realmId=${realmId}` });
      yield apiRequest('pushMerchant', {
        token,
        body: { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId },
      });
    }
  }
  yield apiRequest('uploadBase64', { body: requests.uploadBase64.image });
}
