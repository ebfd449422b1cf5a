import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished, vi } from 'vitest';
import { createReceiver } from '../src/callback-server/embed.ts';
import { confirmDecisions } from '../src/callbacks/confirm-by-pull.ts';
import { recordCallbacks } from '../src/callbacks/record-once.ts';
import { registerCallbackUrls } from '../src/callbacks/register-callbacks.ts';
import { createDecisionWait } from '../src/callbacks/wait-for-decision.ts';
import { createCase, createPartnerIn, submitCase } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const token = 'not-a-real-token';

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function createServerIn(folder: string): Promise<CallbackServer> {
  const databaseUrl = `sqlite:${folder}/callbacks.db`;
  const server = await createCallbackServer({ callbackTokens: [token], databaseUrl, port: 0, adminPort: 0 });
  onTestFinished(() => server.stop());
  return server;
}

test('a decision is passed on after a pull has confirmed it', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const server = await createServerIn(await createFolder());
  const recordDecision = vi.fn(async () => {});
  confirmDecisions(server, partner, recordDecision);
  const { url } = await server.start();
  await runTwice(async (round) => {
    await registerCallbackUrls(partner, workplace, { publicUrl: url, token });
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await submitCase(partner, workplace, merchantId);
    sandbox.backOffice.accept(merchantId);
    await vi.waitFor(() => expect(recordDecision).toHaveBeenLastCalledWith(merchantId, 'accept'), 240_000);
  });
  expect(recordDecision).toHaveBeenCalledTimes(2);
});

test('a handler writes each callback once into a table of the program', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const folder = await createFolder();
  await (await createServerIn(folder)).stop(); // creates the database
  const database = new DatabaseSync(join(folder, 'callbacks.db'));
  database.exec('CREATE TABLE submissions (callback TEXT, merchant TEXT)');
  database.close();
  const server = await createServerIn(folder);
  recordCallbacks(server);
  const { url } = await server.start();
  await registerCallbackUrls(partner, workplace, { publicUrl: url, token });
  sandbox.faults.add({ callback: 'pending', kind: 'duplicate', copies: 2 });
  const submitted: string[] = [];
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await submitCase(partner, workplace, merchantId);
    submitted.push(merchantId);
  });
  await vi.waitFor(async () => {
    const taken = (await server.callbacks.list()).filter(
      ({ deliveries }) => deliveries[0]?.state === 'taken',
    );
    expect(taken).toHaveLength(2);
  }, 240_000);
  await server.stop();
  const rows = new DatabaseSync(join(folder, 'callbacks.db'))
    .prepare('SELECT merchant FROM submissions')
    .all();
  expect(rows.map(({ merchant }) => merchant).toSorted()).toEqual(submitted.toSorted());
});

test('a wait resolves to the decision that a callback has announced', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const server = await createServerIn(await createFolder());
  const waitForDecision = createDecisionWait(server, partner);
  const { url } = await server.start();
  await registerCallbackUrls(partner, workplace, { publicUrl: url, token });
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await submitCase(partner, workplace, merchantId);
    const waiting = waitForDecision(merchantId, workplace.realmId, AbortSignal.timeout(240_000));
    sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
    await expect(waiting).resolves.toMatchObject({ decision: 'reject', merchantId });
  });
});

test('an embedded server passes an accept to its handler', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const server = await createReceiver(token, `sqlite:${await createFolder()}/callbacks.db`);
  onTestFinished(() => server.stop());
  const { url } = await server.start();
  await registerCallbackUrls(partner, workplace, { publicUrl: url, token });
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await submitCase(partner, workplace, merchantId);
    sandbox.backOffice.accept(merchantId);
    const line = `Attempt 1: callback for merchant ${merchantId}`;
    await vi.waitFor(() => expect(log).toHaveBeenCalledWith(line), 240_000);
  });
});
