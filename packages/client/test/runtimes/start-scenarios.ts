import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { canaries } from './canaries.ts';
import {
  type Answer,
  type Arrival,
  type ScenarioName,
  type Script,
  scenarios,
  success,
} from './scenarios.ts';

/** The scenarios on a port of 127.0.0.1, each visit below a path of its own: `/<scenario>/<visit>/api/…`. */
export interface Scenarios extends AsyncDisposable {
  readonly port: number;
}

interface Visit {
  readonly script: Script;
  readonly arrivals: Arrival[];
}

/** Starts the server. `GET /<scenario>/<visit>/arrivals` tells a check what has arrived. */
export async function startScenarios(): Promise<Scenarios> {
  const visits = new Map<string, Visit>();

  const visitAt = (scenario: string, id: string): Visit => {
    const place = `${scenario}/${id}`;
    const visit = visits.get(place) ?? { script: scenarios[scenario as ScenarioName](), arrivals: [] };
    visits.set(place, visit);
    return visit;
  };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://provider');
    const [, scenario = '', id = '', ...rest] = decodeURIComponent(pathname).split('/');
    // What a page of another origin asks first, and a page to ask it from.
    if (request.method === 'OPTIONS') return send(response, { status: 204 });
    if (scenario === 'page')
      return send(response, { headers: { 'Content-Type': 'text/html' }, body: '<title>' });

    // A browser asks for an icon as well.
    if (!(scenario in scenarios)) return send(response, { status: 404 });

    const visit = visitAt(scenario, id);
    if (rest[0] === 'arrivals') return send(response, { body: visit.arrivals });
    const arrival = await readArrival(request, `/${rest.join('/')}`);
    visit.arrivals.push(arrival);
    send(response, visit.script[arrival.operationId]?.(arrival) ?? ordinaryAnswer(arrival.operationId));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function ordinaryAnswer(operationId: OperationId): Answer {
  return operationId === 'loginPartner'
    ? { body: { id: canaries.token, ttl: 1209600 } }
    : success(operationId);
}

async function readArrival(request: IncomingMessage, path: string): Promise<Arrival> {
  const { method = '', headers } = request;
  const { authorization, 'content-type': type = '' } = headers;
  const bytes = await buffer(request);
  const body = type.startsWith('multipart/')
    ? await fileOf(bytes, type)
    : bytes.length > 0 && JSON.parse(`${bytes}`);
  return { operationId: operationAt(method, path), token: authorization, body };
}

async function fileOf(bytes: Buffer<ArrayBuffer>, type: string): Promise<Uint8Array | undefined> {
  const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData();
  const file = form.get('file');
  return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : undefined;
}

function operationAt(method: string, path: string): OperationId {
  const found = Object.values(operations).find(
    (operation) =>
      operation.method === method &&
      new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (!found) throw new Error(`Nothing is at ${method} ${path}.`);
  return found.operationId;
}

const crossOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Expose-Headers': 'Retry-After',
};

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'nothing') return;
  if (answer === 'a broken connection') {
    response.destroy();
    return;
  }
  const { status = 200, headers, body } = answer;
  response.writeHead(status, { 'Content-Type': 'application/json', ...crossOrigin, ...headers });
  response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
}
