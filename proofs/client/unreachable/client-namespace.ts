import { requests } from '@partner-ecosystem/openapi/examples';
import {
  ConnectionError,
  createPartnerClient,
  OutcomeUnknownError,
} from '../../../packages/client/src/index.ts';
import { cable, clientAddress, ip, routerAddress, serviceAddress, sysctl, takeSteps } from './network.ts';

// The client. Its kernel gives a connection up after five repetitions, which takes 13 seconds.
const references = Array.from({ length: Number(process.argv[2]) }, (_, ordinal) => `EXAMPLE-${ordinal}`);
const url = `http://${serviceAddress}`;
const failing = Promise.withResolvers<void>();
const partner = createPartnerClient({
  goUrl: url,
  backopsUrl: url,
  persistUrl: url,
  credentials: requests.loginPartner.credentials,
  onEvent({ type }) {
    if (type === 'retry' || type === 'error') failing.resolve();
  },
});
let ends: Promise<string[]>;

/** Creates a merchant, and resolves to the end of the call: the class and the network code of the error. */
async function endOf(signzyAppId: string): Promise<string> {
  try {
    await partner.createMerchant({ ...requests.createMerchant.customer, signzyAppId });
    return 'created';
  } catch (error) {
    const failure = error instanceof OutcomeUnknownError ? error.failure : error;
    const code = failure instanceof ConnectionError ? failure.code : 'no code';
    return `${error instanceof Error ? error.name : error} (${code})`;
  }
}

takeSteps({
  connect() {
    ip('link set lo up');
    ip(`addr add ${clientAddress}/24 dev ${cable.client}`);
    ip(`link set ${cable.client} up`);
    ip(`route add ${serviceAddress} via ${routerAddress}`);
    sysctl('net.ipv4.tcp_retries2=5');
  },
  // Opens as many connections as there will be creates.
  async warm() {
    const ids = { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };
    await Promise.all(references.map(() => partner.pullMerchant(ids)));
  },
  // Ends as soon as a create has failed.
  async create() {
    ends = Promise.all(references.map(endOf));
    await failing.promise;
  },
  report: () => ends,
});
