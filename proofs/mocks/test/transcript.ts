import type { Sandbox } from '../../../packages/mocks/src/index.ts';
import { type ApiRequest, type ApiResponse, parseJson } from '../api/api-request.ts';
import { createRandom } from '../run/random.ts';
import { Traffic } from '../traffic/traffic.ts';

/**
 * Sends 200 valid and invalid requests to a sandbox, with faults and decisions, and returns a line for each response. The
 * seed of the sandbox decides them all.
 *
 * @param origin - Origin of the transport, which the addresses of stored files contain.
 */
export async function transcriptOf(
  sandbox: Sandbox,
  send: (request: ApiRequest) => Promise<ApiResponse>,
  origin: string,
): Promise<readonly string[]> {
  const random = createRandom(`transcript ${sandbox.seed}`);
  const traffic = new Traffic(`transcript ${sandbox.seed}`, sandbox.fixtures);
  const lines: string[] = [];
  sandbox.faults.add({ operation: '*', kind: 'throttled-429', rate: 0.04 });
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-extra-member', rate: 0.3 });
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'truncated-json', rate: 0.1 });
  sandbox.faults.add({ operation: 'createMerchant', kind: 'proxy-page', rate: 0.1 });
  sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', rate: 0.1 });
  // With any seed, at least one response is lost.
  sandbox.faults.add({ operation: 'loginPartner', kind: 'lost-response', times: 1 });
  for (let index = 0; index < 200; index++) {
    const { request, record } = traffic.next();
    const line = await send(request).then(
      ({ status, headers, text }) => {
        record(status, parseJson(text));
        const shown = ['content-type', 'retry-after', 'sandbox-violation'].map((name) => headers.get(name));
        return [status, ...shown, text.replaceAll(origin, '')].join(' ');
      },
      () => 'no response',
    );
    lines.push(`${request.operationId}: ${line}`);
    if (random.oneIn(4)) acceptPendingCase(sandbox);
    if (random.oneIn(40)) await sandbox.clock.advance('10m');
  }
  return lines;
}

function acceptPendingCase({ snapshot, backOffice }: Sandbox): void {
  const pending = Object.values(snapshot().merchants).find(({ status }) => status === 'pending');
  if (pending) backOffice.accept(pending.id);
}
