import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { sendToControl } from '../support/send-to-control.ts';

let running: RunningSandbox;
beforeAll(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
});
afterAll(() => running.close());

/** Sends a request to the control API, and returns the status and the detail of the response. */
async function send(method: string, path: string, value?: object) {
  const headers = { 'content-type': 'application/json' };
  const request = { method, path, headers, ...(value && { body: JSON.stringify(value) }) };
  const { status, text } = await sendToControl(running, request);
  return { status, detail: text === '' ? '' : `${JSON.parse(text).detail}` };
}

const noWeight = 'The weights of a policy of the kind random must add up to a number above 0.';

test.each([
  [{ kind: 'auto-acept' }, 'Unknown kind of policy: "auto-acept". Use one of: manual, auto-accept'],
  [{ kind: 'auto-reject', raeson: 'x' }, 'no option "raeson". Use: kind, after, reason.'],
  [{ kind: 'by-rule', rules: [{ field: 'nmae' }] }, 'Unknown field of a rule: "nmae".'],
  [{ kind: 'auto-accept', after: '2' }, 'Invalid value for `after` of a policy: "2".'],
  [{ kind: 'random', weights: { accept: 0, reject: 0 } }, noWeight],
  [{ kind: 'random', weights: {} }, noWeight],
])('the policy %j is refused for the same reason from every source', async (policy, problem) => {
  const refused = await send('PUT', '/policy', policy);
  expect(refused).toEqual({ status: 400, detail: expect.stringContaining(problem) });
  expect((await send('PUT', '/scenario', { name: 'x', policy })).detail).toContain(
    problem.replace(/\.$/, ''),
  );
  expect(() => createSandbox().backOffice.setPolicy(policy as never)).toThrow(problem);
});

test.each([
  [
    { kind: 'latency-uniform', from: '2s', to: '1s' },
    'cannot have `from` 2s and `to` 1s: `from` must not be longer.',
  ],
  [{ kind: 'latency-long-tail', median: '3s', longest: 2999 }, 'cannot have `median` 3s and `longest` 2999'],
  [{ kind: 'latency', delay: '25d' }, 'Invalid value for `delay` of a fault: "25d". Use 1d or less.'],
  [
    { kind: 'latency-uniform', from: '1s', to: '2d' },
    'Invalid value for `to` of a fault: "2d". Use 1d or less.',
  ],
  [
    { kind: 'latency', delay: '2' },
    'Invalid value for `delay` of a fault: "2". Write a number with its unit',
  ],
  [{ kind: 'throttled-429', retryAfterSeconds: 1e300 }, 'Use a whole number from 1 to 86400.'],
  [{ kind: 'throttled-429', times: 1e300 }, 'Invalid value for `times` of a fault'],
  [{ kind: 'no-such-kind' }, 'Unknown kind of fault of an operation: "no-such-kind". Use one of:'],
])('the fault %j is refused, and the message names what is wrong', async (spec, problem) => {
  const fault = { operation: '*', ...spec };
  const refused = await send('POST', '/faults', fault);
  expect(refused).toEqual({ status: 400, detail: expect.stringContaining(problem) });
  expect(() => createSandbox().faults.add(fault as never)).toThrow(problem);
});

test('a fault with a latency of a day, the maximum, is accepted', async () => {
  const latency = { operation: '*', kind: 'latency-uniform', from: '1d', to: '1d', times: 1 };
  expect((await send('POST', '/faults', latency)).status).toBe(201);
  expect((await send('DELETE', '/faults')).status).toBe(204);
});

test.each([
  ['GET', '/world'],
  ['GET', '/clock'],
  ['GET', '/faults'],
  ['GET', '/policy'],
  ['GET', '/coverage'],
  ['GET', '/sandboxes/default'],
  ['PUT', '/policy'],
  ['POST', '/faults'],
  ['POST', '/clock/advance'],
  ['DELETE', '/faults'],
  ['DELETE', '/faults/fault-1'],
  ['DELETE', '/sandboxes/default'],
])('%s %s refuses an unknown parameter of the query by its name', async (method, path) => {
  const { status, detail } = await send(method, `${path}?x=1`);
  expect({ status, detail }).toEqual({ status: 400, detail: expect.stringContaining('"x"') });
});

test.each([
  [
    { 'content-encoding': 'br' },
    'Content-encoding br is not supported. Send gzip, deflate or no content-encoding.',
  ],
  [
    { 'content-type': 'application/json; charset=foo' },
    'Charset foo is not supported. Send charset utf-8 or utf-16.',
  ],
  [{ 'content-type': 'application/json; charset=utf-16foo' }, 'Charset utf-16foo is not supported.'],
])('the provider’s 415 for %j names what works', async (headers, message) => {
  const response = await createSandbox().fetch('https://provider.test/api/distributors/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });
  expect(response.status).toBe(415);
  expect(JSON.stringify(await response.json())).toContain(message);
});
