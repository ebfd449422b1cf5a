import { inspect } from 'node:util';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { type Classified, parameters, requests, responses } from '@partner-ecosystem/openapi/classification';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as guards from '../../src/guards.ts';
import {
  type ClientEvent,
  createPartnerClient,
  type Guard,
  type PartnerClientOptions,
} from '../../src/index.ts';
import { openTelemetryEvents } from '../../src/otel.ts';
import { startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';
import { Aviary, type Canary } from './canaries.ts';
import { sinks } from './sinks.ts';

/**
 * Every field of every request and response that is not public holds a canary; the provider quotes the request in its
 * answers; calls succeed, are refused, break and depart from the contract; and no sink may show a canary.
 */
const seed = 20261124;
const random = seededRandom(seed);
const printed = ['deep inspection', 'a console', 'JSON', 'the chain of causes'] as const;
const columns = [...printed, 'the client’s own output', 'the events', 'OpenTelemetry'] as const;
const operationIds = Object.keys(operations) as OperationId[];

type Shapes = { readonly [Id in OperationId]?: Classified };

/** What a scenario of one operation makes of its canaries. */
interface Scenario {
  readonly name: string;
  readonly answer: () => ScriptedResponse;
  readonly options?: Partial<PartnerClientOptions>;
}

const shapes = Object.values(guards).filter(
  (member): member is guards.OperationShape => typeof member === 'object',
);
const guard = (mode: guards.GuardMode): Guard =>
  guards.contractGuard(shapes, { requests: mode, responses: mode });

/** An answer whose free text quotes all that was sent. */
function quoting(body: unknown, canaries: readonly Canary[]): unknown {
  const quoted = canaries.map(({ text }) => text).join(' ');
  const error = Object(Object(body)['error']);
  return {
    ...Object(body),
    error: {
      ...error,
      message: quoted,
      stack: quoted,
      details: { ...error.details, codes: { name: [quoted, 'presence'] } },
    },
  };
}

function scenariosOf(operationId: OperationId, aviary: Aviary): Scenario[] {
  const documented = Object.entries(responses[operationId]).map(([status, classified]) => {
    const body = aviary.fill(`${operationId} ${status} `, classified);
    return { status: Number(status), body };
  });
  const success = documented.find(({ status }) => status === 200)?.body;
  const everything = () => aviary.canaries.map(({ text }) => text).join(' ');
  const broken = () => {
    const held = { url: everything(), headers: everything(), data: everything(), message: everything() };
    return Promise.reject(Object.assign(new Error(everything(), { cause: held }), { config: held }));
  };
  return [
    ...documented.map(({ status, body }) => ({
      name: `an answer with ${status}`,
      answer: () => ({ status, body: status === 200 ? body : quoting(body, aviary.canaries) }),
    })),
    {
      name: 'a success that is guarded',
      answer: () => ({ body: success }),
      options: { guard: guard('warn') },
    },
    {
      name: 'a response that a guard refuses',
      answer: () => ({ body: [success] }),
      options: { guard: guards.contractGuard(shapes, { requests: 'off', responses: 'throw' }) },
    },
    {
      name: 'a request that a guard refuses',
      answer: () => ({ body: success }),
      options: { guard: guard('throw') },
    },
    { name: 'a success that is no JSON', answer: () => ({ body: `<html>${everything()}` }) },
    {
      name: 'a redirect',
      answer: () => ({ status: 302, headers: { Location: `http://x/${everything()}` } }),
    },
    { name: 'a fetch that fails with all it knows', answer: () => ({}), options: { fetch: broken } },
  ];
}

/** Makes a call, and gives back what each column of the matrix saw of it. */
async function watch(
  operationId: OperationId,
  input: object,
  { answer, options }: Scenario,
  secrets: Secrets,
) {
  const exporter = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const traced = openTelemetryEvents(tracers.getTracer('leaks'));
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => {
    traced(event);
    events.push(event);
  };
  const login = () => ({ body: { id: secrets.token, ttl: 100 } });
  await using provider = await startProvider({ loginPartner: login, [operationId]: answer });
  const { password, administratorToken } = secrets;
  const partner = createPartnerClient({
    ...{ goUrl: provider.url, backopsUrl: provider.url, persistUrl: provider.url, retry: false },
    ...{ credentials: { username: secrets.username, password }, administratorToken, onEvent },
    ...options,
  });
  const method = partner[operationId] as (input: object, options: object) => Promise<unknown>;
  const headers = { 'X-Secret': secrets.header };
  const error: unknown = await method(input, { headers }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  const values = [partner, error].filter((value) => value !== undefined);
  return {
    failed: error !== undefined,
    texts: {
      ...Object.fromEntries(
        printed.map((sink) => [sink, values.map((value) => sinks[sink]?.(value)).join()]),
      ),
      'the events': inspect(events, { depth: null }) + JSON.stringify(events),
      OpenTelemetry: JSON.stringify(spans),
    } as { [column: string]: string },
  };
}

type Secrets = Record<'password' | 'username' | 'administratorToken' | 'token' | 'header', string>;

describe('the leak matrix', () => {
  const tally = { fields: 0, cells: 0, calls: 0, failures: 0, hits: 0 };
  const output: string[] = [];
  const own = {
    log: console.log,
    warn: console.warn,
    error: console.error,
    debug: console.debug,
    info: console.info,
  };

  beforeAll(() => {
    for (const method of Object.keys(own) as (keyof typeof own)[])
      console[method] = (...said: unknown[]) => void output.push(inspect(said, { depth: null }));
  });

  afterAll(() => {
    Object.assign(console, own);
    const { fields, cells, calls, failures, hits } = tally;
    console.log(
      `The leak matrix, seed ${seed}: ${fields} fields × ${columns.length} sinks = ${cells} cells, ` +
        `${calls} calls, ${failures} of them failed, ${hits} hits.`,
    );
  });

  it.each(operationIds)('has no hit in %s', async (operationId) => {
    const aviary = new Aviary(random);
    const shapeOf = (requests as Shapes)[operationId] ?? (parameters as Shapes)[operationId];
    const filled = aviary.fill(`${operationId} request `, shapeOf ?? { properties: {} }) as object;
    const input = 'file' in filled ? { ...filled, file: new Blob([String(filled.file)]) } : filled;
    const secrets: Secrets = {
      ...{ password: '', username: '', administratorToken: '', token: '', header: '' },
      ...(aviary.fill(`${operationId} with `, {
        properties: Object.fromEntries(
          ['password', 'username', 'administratorToken', 'token', 'header'].map((name) => [
            name,
            { category: 'credential', sensitivity: 'restricted', masking: { strategy: 'full' } },
          ]),
        ),
      }) as object),
    };

    const hits: string[] = [];
    for (const scenario of scenariosOf(operationId, aviary)) {
      output.length = 0;
      const { failed, texts } = await watch(operationId, input, scenario, secrets);
      const seen: { readonly [column: string]: string } = {
        ...texts,
        'the client’s own output': output.join(),
      };
      tally.calls += 1;
      if (failed) tally.failures += 1;
      for (const { field, text } of aviary.canaries)
        for (const column of columns)
          if (seen[column]?.includes(text)) hits.push(`${field} in ${column} after ${scenario.name}`);
    }
    tally.fields += aviary.canaries.length;
    tally.cells += aviary.canaries.length * columns.length;
    tally.hits += hits.length;
    expect(hits).toEqual([]);
  });

  it('has 1,500 cells or more, and more than half of its calls fail', () => {
    expect(tally.cells).toBeGreaterThanOrEqual(1500);
    expect(tally.failures).toBeGreaterThan(tally.calls / 2);
  });

  it('would find a canary that is there', () => {
    const leaking = Object.assign(new Error('no', { cause: new Error('canary1x1') }), { held: 'canary1x1' });
    for (const sink of printed) expect(sinks[sink]?.(leaking), sink).toContain('canary1x1');
  });
});
