import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, vi } from 'vitest';
import { parse } from 'yaml';
import { type Control, createControl } from '../../src/control-client.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pendingMerchant, readyPartner, realmId } from './journey.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** A sandbox with a control API, a client of it, and a case that a partner with a receiver has submitted. */
export interface ControlSession {
  readonly running: RunningSandbox;
  readonly receiver: Receiver;
  readonly control: Control;
  readonly merchantId: string;
  readonly close: () => Promise<void>;
}

const description = parse(await readFile(new URL('../../control-api/openapi.yaml', import.meta.url), 'utf8'));

/** `fetch` without the validation. */
export const realFetch = globalThis.fetch;

/** Starts a sandbox. Until it is closed, each response of its control API is validated against the description. */
export async function startControlSession(): Promise<ControlSession> {
  const running = await startSandbox({ port: 0, controlPort: 0 });
  const receiver = await startReceiver();
  vi.spyOn(globalThis, 'fetch').mockImplementation(validatingFetch(realFetch, running.controlUrl));
  const control = createControl({ url: running.controlUrl, token: running.controlToken });
  const { url, sandbox } = running;
  const merchantId = await submitMerchant(url, sandbox.fixtures.administratorToken, receiver);
  return {
    running,
    receiver,
    control,
    merchantId,
    async close() {
      vi.restoreAllMocks();
      await Promise.all([running.close(), receiver.close()]);
    },
  };
}

/** Submits a merchant as a partner with URLs for all callbacks. */
export async function submitMerchant(
  url: string,
  administratorToken: string,
  receiver: Receiver,
): Promise<string> {
  const api = new ApiSession(fetch, url);
  const { token, distributorId } = await readyPartner(api, administratorToken);
  const callbacks = { pending: receiver.url, accept: receiver.url, reject: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  return pendingMerchant(api, token);
}

/** Wraps `fetch`, and validates the responses of the control API against its description. */
function validatingFetch(fetch: typeof globalThis.fetch, controlUrl: string): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!(input instanceof Request) || !input.url.startsWith(controlUrl)) return response;
    const path = new URL(input.url).pathname.replace(/^\/s\/[^/]+/, '');
    const [template] = Object.keys(description.paths)
      .filter((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
      .sort((one, other) => one.split('{').length - other.split('{').length);
    const described =
      description.paths[template ?? ''][input.method.toLowerCase()].responses[response.status];
    expect(described, `${input.method} ${template} ${response.status}`).toBeDefined();
    const schema = Object.values(Object(described.content))[0];
    if (schema) expectValid(Object(schema).schema, await response.clone().json());
    return response;
  };
}

function expectValid(schema: object, value: unknown): void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const [name, component] of Object.entries(description.components.schemas))
    ajv.addSchema(Object(component), `#/components/schemas/${name}`);
  const validate = ajv.compile(schema);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

/** Returns the data of a successful call. */
export async function ok<Data>(call: Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  const { data, error } = await call;
  expect(error).toBeUndefined();
  return data as Data;
}
