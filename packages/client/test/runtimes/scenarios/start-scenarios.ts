import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { type Arrival, ScriptedProvider, send } from '../../support/scripted-provider.ts';
import { type RecordedRequest, type ScenarioName, scenarios } from './scenarios.ts';

const allowOtherOrigins = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Expose-Headers': 'Retry-After',
};

/**
 * Starts a server with all scenarios. A visit has its own provider at `/<scenario>/<visit>/`. The path `arrivals` of the
 * visit lists the requests that the provider received.
 */
export async function startScenarios(): Promise<{ readonly url: string } & AsyncDisposable> {
  const visits = new Map<string, ScriptedProvider>();
  const visitAt = (scenario: ScenarioName, id: string): ScriptedProvider => {
    const key = `${scenario}/${id}`;
    const visit = visits.get(key) ?? new ScriptedProvider(scenarios[scenario]());
    visits.set(key, visit);
    return visit;
  };

  return listenOnFreePort(
    createServer((request, response) => {
      for (const [name, value] of Object.entries(allowOtherOrigins)) response.setHeader(name, value);
      const [, scenario = '', id = '', ...rest] = (request.url ?? '').split('/');
      const name = decodeURIComponent(scenario);
      if (request.method === 'OPTIONS') return send(response, { status: 204 });
      if (!isScenario(name)) return send(response, { status: 404 });
      const visit = visitAt(name, id);
      if (rest[0] === 'arrivals') return send(response, { body: visit.arrivals.map(toRecord) });
      return void visit.handle(request, response, `/${rest.join('/')}`);
    }),
  );
}

function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}

function toRecord({ operationId, headers, body }: Arrival): RecordedRequest {
  const isJson = headers['content-type']?.startsWith('application/json');
  return { operationId, token: headers.authorization, body: isJson && JSON.parse(`${body}`) };
}
