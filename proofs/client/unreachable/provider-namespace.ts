import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { cable, clientAddress, ip, routerAddress, serviceAddress, sysctl, takeSteps } from './network.ts';

// The provider. When it has stored the given number of merchants, its service becomes unreachable.
const creates = Number(process.argv[2]);
const stored: string[] = [];

const server = createServer(async (request, response) => {
  if (request.method === 'GET') return response.end('{"result":{}}');
  const body = (await json(request)) as { signzyAppId?: string };
  if (body.signzyAppId !== undefined && stored.push(body.signzyAppId) === creates) becomeUnreachable();
  return response.end(JSON.stringify({ id: 'example' }));
});

function becomeUnreachable(): void {
  ip(`addr del ${serviceAddress}/32 dev lo`);
  ip(`route add unreachable ${serviceAddress}`);
  ip(`route del blackhole ${clientAddress}`);
}

takeSteps({
  async connect() {
    ip('link set lo up');
    ip(`addr add ${routerAddress}/24 dev ${cable.provider}`);
    ip(`addr add ${serviceAddress}/32 dev lo`);
    ip(`link set ${cable.provider} up`);
    sysctl('net.ipv4.ip_forward=1');
    sysctl('net.ipv4.icmp_ratelimit=0');
    server.listen(80, '0.0.0.0');
    await once(server, 'listening');
  },
  // No acknowledgement reaches the client any more, so its kernel repeats what it sends.
  lose: () => ip(`route add blackhole ${clientAddress}`),
  restore() {
    ip(`route del unreachable ${serviceAddress}`);
    ip(`addr add ${serviceAddress}/32 dev lo`);
  },
  report: () => stored,
});
