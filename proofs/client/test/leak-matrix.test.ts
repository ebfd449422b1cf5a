import { inspect } from 'node:util';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { type Classified, parameters, requests, responses } from '@partner-ecosystem/openapi/classification';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests as requestValidators, type Validator } from '@partner-ecosystem/openapi/validators';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTelemetryEvents } from '../../../packages/client/src/events/open-telemetry-events.ts';
import * as guards from '../../../packages/client/src/guards.ts';
import type { ClientEvent, Guard, PartnerClientOptions } from '../../../packages/client/src/index.ts';
import { sinks } from '../../../packages/client/test/leaks/sinks.ts';
import { startProvider } from '../../../packages/client/test/support/provider.ts';
import type { ScriptedResponse } from '../../../packages/client/test/support/scripted-provider.ts';
import { CanarySet } from './canaries.ts';

/**
 * Every field of every request and response that is not public contains a canary. The provider quotes the request in its
 * responses. Calls succeed, fail, break and violate the contract. No sink may show a canary.
 */
const random = seededRandom(seed);
const printed = [
  'deep inspection',
  'a console',
  'JSON',
  'the chain of causes',
  'pino',
  'structuredClone',
  'an error tracker',
] as const;
const columns = [...printed, 'the console of the client', 'the events', 'OpenTelemetry'] as const;
const operationIds = Object.keys(operations) as OperationId[];

type Column = (typeof columns)[number];
type Shapes = { readonly [Id in OperationId]?: Classified };

/** A response to one operation, and whether it makes the call fail. */
interface Scenario {
  readonly name: string;
  readonly respond: () => ScriptedResponse;
  readonly options?: Partial<PartnerClientOptions>;
  /** Changes the input of the call. */
  readonly change?: (input: object) => object;
  readonly fails: boolean;
}

const shapes = Object.values(guards).filter(
  (value): value is guards.OperationShape => typeof value === 'object',
);
const guardBoth = (mode: guards.GuardMode): Guard =>
  guards.contractGuard(shapes, { requests: mode, responses: mode });

/** Adds the text of all canaries to an error response. */
function quoteAll(body: unknown, quoted: string): unknown {
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

function scenariosOf(operationId: OperationId, set: CanarySet): Scenario[] {
  const documented = Object.entries(responses[operationId]).map(([status, classified]) => {
    const body = set.fill(`${operationId} ${status} `, classified);
    return { status: Number(status), body };
  });
  const success = documented.find(({ status }) => status === 200)?.body;
  const allCanaries = () => set.canaries.map(({ text }) => text).join(' ');
  const failingFetch = () => {
    const held = { url: allCanaries(), headers: allCanaries(), data: allCanaries(), message: allCanaries() };
    return Promise.reject(Object.assign(new Error(allCanaries(), { cause: held }), { config: held }));
  };
  return [
    ...documented.map(({ status, body }) => ({
      name: `a response with ${status}`,
      respond: () => ({ status, body: status === 200 ? body : quoteAll(body, allCanaries()) }),
      fails: status !== 200,
    })),
    {
      name: 'a success with a guard that warns',
      respond: () => ({ body: success }),
      options: { guard: guardBoth('warn') },
      fails: false,
    },
    {
      name: 'a response that a guard rejects',
      respond: () => ({ body: [success] }),
      options: { guard: guards.contractGuard(shapes, { requests: 'off', responses: 'throw' }) },
      fails: true,
    },
    {
      name: 'a request that a guard rejects',
      respond: () => ({ body: success }),
      options: { guard: guardBoth('throw') },
      // The contract accepts any text in many fields, but a list in no documented one.
      change: (input) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, [value]])),
      fails: !isUndocumented(operationId),
    },
    {
      name: 'a success that is not JSON',
      respond: () => ({ body: `<html>${allCanaries()}` }),
      fails: true,
    },
    {
      name: 'a redirect',
      respond: () => ({ status: 302, headers: { Location: `http://x/${allCanaries()}` } }),
      fails: true,
    },
    {
      name: 'a fetch that fails with everything it knows',
      respond: () => ({}),
      options: { fetch: failingFetch },
      fails: true,
    },
  ];
}

/** Whether no page documents the request of an operation. A guard then warns of what it would refuse otherwise. */
function isUndocumented(operationId: OperationId): boolean {
  const validators: { readonly [operationId: string]: Validator<unknown> | undefined } = requestValidators;
  return validators[operationId]?.({ password: [] }).ok ?? false;
}

const secretNames = ['password', 'username', 'administratorToken', 'token', 'header'] as const;
type Secrets = Record<(typeof secretNames)[number], string>;

/** Makes a call, and returns what each sink saw of it. */
async function observe(
  operationId: OperationId,
  input: object,
  { respond, options }: Scenario,
  secrets: Secrets,
): Promise<{ failed: boolean; seen: Omit<Record<Column, string>, 'the console of the client'> }> {
  const exporter = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const trace = openTelemetryEvents(tracers.getTracer('leaks'));
  const events: ClientEvent[] = [];
  const login = () => ({ body: { id: secrets.token, ttl: 100 } });
  await using provider = await startProvider({ loginPartner: login, [operationId]: respond });
  const partner = provider.client({
    retry: false,
    credentials: { username: secrets.username, password: secrets.password },
    administratorToken: secrets.administratorToken,
    onEvent(event) {
      trace(event);
      events.push(event);
    },
    ...options,
  });
  const method = partner[operationId] as (input: object, options: object) => Promise<unknown>;
  const error: unknown = await method(input, { headers: { 'X-Secret': secrets.header } }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  const values = [partner, error].filter((value) => value !== undefined);
  const print = (sink: (typeof printed)[number]) => values.map(sinks[sink]).join();
  return {
    failed: error !== undefined,
    seen: {
      'deep inspection': print('deep inspection'),
      'a console': print('a console'),
      JSON: print('JSON'),
      'the chain of causes': print('the chain of causes'),
      pino: print('pino'),
      structuredClone: print('structuredClone'),
      'an error tracker': print('an error tracker'),
      'the events': inspect(events, { depth: null }) + JSON.stringify(events),
      OpenTelemetry: JSON.stringify(spans),
    },
  };
}

describe('the leak matrix', () => {
  const tally = { fields: 0, calls: 0 };
  const output: string[] = [];
  const { log, warn, error, debug, info } = console;

  beforeAll(() => {
    for (const method of ['log', 'warn', 'error', 'debug', 'info'] as const)
      console[method] = (...values: unknown[]) => void output.push(inspect(values, { depth: null }));
  });

  afterAll(() => {
    Object.assign(console, { log, warn, error, debug, info });
    const { fields, calls } = tally;
    console.log(
      `The leak matrix (SEED=${seed}): ${fields} fields × ${columns.length} sinks, ${calls} calls.`,
    );
  });

  test.each(operationIds)(`no sink shows a canary of %s (SEED=${seed})`, async (operationId) => {
    const set = new CanarySet(random);
    const shape = (requests as Shapes)[operationId] ?? (parameters as Shapes)[operationId];
    const filled = set.fill(`${operationId} request `, shape ?? { properties: {} }) as object;
    const input = 'file' in filled ? { ...filled, file: new Blob([String(filled.file)]) } : filled;
    const secrets = Object.fromEntries(
      secretNames.map((name) => [name, set.create(`${operationId} with /${name}`)]),
    ) as Secrets;

    const hits: string[] = [];
    for (const scenario of scenariosOf(operationId, set)) {
      output.length = 0;
      const { failed, seen } = await observe(
        operationId,
        scenario.change?.(input) ?? input,
        scenario,
        secrets,
      );
      expect(failed, scenario.name).toBe(scenario.fails);
      const texts = { ...seen, 'the console of the client': output.join() };
      for (const { field, text } of set.canaries)
        for (const column of columns)
          if (texts[column].includes(text)) hits.push(`${field} in ${column} after ${scenario.name}`);
      tally.calls += 1;
    }
    tally.fields += set.canaries.length;
    expect(hits).toEqual([]);
  });

  test.each(printed)('the sink %s shows a canary that leaks', (sink) => {
    const leaking = Object.assign(new Error('no', { cause: new Error('canary1x1') }), { held: 'canary1x1' });
    expect(sinks[sink](leaking)).toContain('canary1x1');
  });
});
