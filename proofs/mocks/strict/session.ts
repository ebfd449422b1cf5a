import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Realm } from '../../../packages/mocks/src/index.ts';
import { startSandbox } from '../../../packages/mocks/src/node.ts';
import { type ApiRequest, idOf, parseJson, password, type RequestParts, send } from '../api/api-request.ts';
import { RequestBuilder } from '../api/request-builder.ts';

export type Session = Awaited<ReturnType<typeof openSession>>;

/** Opens a sandbox over HTTP with a partner who has a link and a merchant. */
export async function openSession(seed: string) {
  const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0, seed });
  const builder = new RequestBuilder(seed, sandbox.fixtures);
  const partner = { username: 'example-partner', id: '', token: '', merchantId: '' };

  async function sendMeasured(request: ApiRequest) {
    const before = process.cpuUsage();
    const { status, headers, text } = await send(fetch, url, request);
    const { user, system } = process.cpuUsage(before);
    const pointer = headers.get('sandbox-violation')?.split(' ')[0];
    return {
      status,
      /** The place of the violation in the request, if the response names a place. */
      pointer: pointer && decodeURI(pointer),
      /** The `id` of the body. */
      id: idOf(parseJson(text)),
      /** CPU time of this process, which runs the sandbox too. Unlike elapsed time, a busy machine does not change it. */
      cpuMs: (user + system) / 1000,
    };
  }

  async function enrol(operationId: OperationId, parts?: RequestParts): Promise<string> {
    return (await sendMeasured(builder.request(operationId, partner, parts))).id;
  }

  const credentials = { username: partner.username, password };
  partner.id = await enrol('createPartner', { body: credentials });
  partner.token = await enrol('loginPartner', { body: credentials });
  await enrol('linkPartner');
  partner.merchantId = await enrol('createMerchant');
  const realm: Realm = sandbox.fixtures.realm;
  return { partner, realm, builder, send: sendMeasured, close };
}
