import type { Realm } from '../../../packages/mocks/src/index.ts';
import { startSandbox } from '../../../packages/mocks/src/node.ts';
import { ApiSession, createMerchant, readyPartner } from '../../../packages/mocks/test/support/journey.ts';
import { type ApiRequest, send } from '../api/api-request.ts';
import { RequestBuilder } from '../api/request-builder.ts';

export type Session = Awaited<ReturnType<typeof openSession>>;

/** Opens a sandbox over HTTP with a partner who has a link and a merchant. */
export async function openSession(seed: string) {
  const { url, sandbox, close } = await startSandbox({
    port: 0,
    controlPort: 0,
    seed,
    // The sandbox then also refuses what only our own limits forbid, so that each rule is tested.
    requests: 'expected',
  });
  const builder = new RequestBuilder(seed, sandbox.fixtures);
  const api = new ApiSession(fetch, url);
  const username = 'example-partner';
  const { distributorId: id, token } = await readyPartner(api, sandbox.fixtures.administratorToken, username);
  const partner = { username, id, token, merchantId: await createMerchant(api, token) };

  async function sendMeasured(request: ApiRequest) {
    const before = process.cpuUsage();
    const { status, headers } = await send(fetch, url, request);
    const { user, system } = process.cpuUsage(before);
    const pointer = headers.get('sandbox-violation')?.split(' ')[0];
    return {
      status,
      /** The place of the violation in the request, if the response names a place. */
      pointer: pointer && decodeURI(pointer),
      /** CPU time of this process, which runs the sandbox too. Unlike elapsed time, a busy machine does not change it. */
      cpuMs: (user + system) / 1000,
    };
  }

  const realm: Realm = sandbox.fixtures.realm;
  return { partner, realm, builder, send: sendMeasured, close };
}
