import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, expect, test } from 'vitest';
import { createSandboxes, SandboxesError } from '../../src/index.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, createMerchant, pullOf, readyPartner } from '../support/journey.ts';

let running: RunningSandbox | undefined;
afterEach(() => running?.close());

test('over HTTP each sandbox has its own prefix, and one sandbox is at the root', async () => {
  running = await startSandbox({ port: 0, controlPort: 0, seed: 5 });
  const { url, sandbox, sandboxes } = running;
  const { id, sandbox: other } = sandboxes.create({ seed: 6 });
  const [atRoot, beside] = [new ApiSession(fetch, url), new ApiSession(fetch, `${url}/s/${id}`)];
  const one = await readyPartner(atRoot, sandbox.fixtures.administratorToken);
  const two = await readyPartner(beside, other.fixtures.administratorToken);
  const merchantId = await createMerchant(beside, two.token);
  expect((await beside.send('pullMerchant', pullOf(merchantId, two.token))).status).toBe(200);
  expect((await atRoot.send('pullMerchant', pullOf(merchantId, one.token))).status).toBe(404);
  expect((await atRoot.send('pullMerchant', pullOf(merchantId, two.token))).status).toBe(401);
  expect(sandboxes.list().map((each) => each.id)).toEqual(['default', id]);
  const alias = new ApiSession(fetch, `${url}/s/default`);
  expect((await alias.send('pullMerchant', pullOf(merchantId, one.token))).status).toBe(404);
});

test('the address of a file names its sandbox', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const { id } = running.sandboxes.create();
  const api = new ApiSession(fetch, `${running.url}/s/${id}`);
  const { body } = await api.send('uploadBase64', { json: requests.uploadBase64.image });
  const address = `${body['file']?.['directURL']}`;
  expect(address.startsWith(`${running.url}/s/${id}/api/files/`)).toBe(true);
  expect((await fetch(address)).status).toBe(200);
  expect((await fetch(address.replace(`/s/${id}`, ''))).status).toBe(404);
});

test('a request to an unknown sandbox reaches no other sandbox', async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const response = await fetch(`${running.url}/s/none/api/distributors/login`, { method: 'POST' });
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('There is no sandbox none.');
});

test('sandboxes can be created, forked, reset and deleted, up to a maximum', () => {
  const sandboxes = createSandboxes({ max: 3, defaults: { seed: 4 } });
  const { id, sandbox } = sandboxes.create({}, 'mine');
  expect(sandbox.seed).toBe(4);
  sandbox.faults.add({ operation: '*', kind: 'empty-body' });
  const fork = sandboxes.fork(id);
  expect(fork.sandbox.faults.list()).toHaveLength(1);
  expect(sandboxes.reset(id)).toBe(true);
  expect(sandboxes.get(id)?.faults.list()).toEqual([]);
  expect(fork.sandbox.faults.list()).toHaveLength(1);
  sandboxes.create();
  expect(() => sandboxes.create()).toThrow(SandboxesError);
  expect(() => sandboxes.fork(id)).toThrow('The maximum of 3 sandboxes is reached');
  expect(sandboxes.delete(fork.id)).toBe(true);
  expect(sandboxes.delete(fork.id)).toBe(false);
  expect(() => sandboxes.create({}, 'mine')).toThrow('already');
  expect(() => sandboxes.create({}, 'a/b')).toThrow('letters');
  expect(() => sandboxes.fork('none')).toThrow('no sandbox none');
  expect(sandboxes.reset('none')).toBe(false);
});
