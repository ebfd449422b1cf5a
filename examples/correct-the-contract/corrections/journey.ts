import { createReceiver, type IncomingCallback } from '@partner-ecosystem/callback-server/receiver';
import { createPartnerClient, type PartnerClient, pushBody, readDecision } from '@partner-ecosystem/client';
import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';

/** A request of the client, as the sandbox saw it. */
interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

/** A partner of a sandbox, before any merchant. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly partner: PartnerClient;
  readonly distributorId: string;
  readonly exchanges: readonly Exchange[];
}

/** What client and sandbox exchanged, as the entries of a HAR file. */
export const recorded: object[] = [];

const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };

/** Creates a sandbox, a client whose requests the sandbox receives, and a partner that is linked to the sandbox's realm. */
export async function setStage(): Promise<Stage> {
  const sandbox = createSandbox();
  const exchanges: Exchange[] = [];
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials,
    administratorToken: sandbox.fixtures.administratorToken,
    retry: false,
    fetch: async (request) => {
      const { method, url } = request;
      const sent = await request.clone().text();
      const response = await sandbox.fetch(request);
      const { status, headers } = response;
      exchanges.push({ method, url, status });
      const content = { mimeType: headers.get('content-type'), text: await response.clone().text() };
      recorded.push({
        request: { method, url, postData: { text: sent } },
        response: { status, content },
      });
      return response;
    },
  });
  const { id: realmId, flows } = sandbox.fixtures.realm;
  const { id: distributorId } = await partner.createPartner(credentials);
  await partner.linkPartner({ distributorId, realmId });
  await partner.assignFlows({ distributorId, realmId, flowIds: flows.map(({ id }) => id) });
  return { sandbox, partner, distributorId, exchanges };
}

/** Onboards a merchant, whom the back office accepts. Returns what the client, the sandbox and the receiver show. */
export async function onboard({ sandbox, partner, distributorId }: Stage) {
  const { id: realmId, name: realm, flows } = sandbox.fixtures.realm;
  const flowId = flows[0]?.id ?? '';
  const url = 'https://partner.example/callbacks';
  const callbacks = { accept: url, reject: url, pending: url };
  await partner.registerCallbacks({ distributorId, realmId, flowId, callbacks });
  const customer = {
    name: 'Asha Example',
    email: 'asha@example.com',
    mobile: '0000000002',
    signzyAppId: 'example-1',
  };
  const merchant = await partner.createMerchant({ realmId, realm, flowId, ...customer });
  const merchantId = merchant.id;
  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId, sampleData: true });
  const values = Object.fromEntries(spec.data.map((item) => [item.pageId, { [item.widgetName]: item.data }]));
  const pushed = await partner.pushMerchant(pushBody(spec, { flowId, realmId, merchantId }, values));
  sandbox.backOffice.accept(merchantId);
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  const { status } = result.merchantData.basicDetails;
  return { merchant, pushed, status, decision: readDecision(status), received: await receive(sandbox) };
}

/** Posts the callbacks of a sandbox to a receiver whose URL names no event: the status of each payload names the event. */
async function receive(sandbox: Sandbox): Promise<IncomingCallback[]> {
  const kept: IncomingCallback[] = [];
  const receiver = createReceiver({
    callbackTokens: ['not-a-real-callback-token'],
    store: {
      keep: async (callback) => {
        kept.push(callback);
        return { id: callback.bodySha256, isNew: true };
      },
      probe: async () => {},
    },
  });
  for (const { payload } of sandbox.callbacks.all()) {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(payload) };
    await receiver.fetch(new Request('http://receiver.test/callbacks/not-a-real-callback-token', init));
  }
  return kept;
}
