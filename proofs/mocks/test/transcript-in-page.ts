import { setupWorker } from 'msw/browser';
import { createSandbox } from '../../../packages/mocks/src/index.ts';
import { mswHandlers } from '../../../packages/mocks/src/msw.ts';
import { send } from '../api/api-request.ts';
import { transcriptOf } from './transcript.ts';

export interface Transcripts {
  readonly inProcess: readonly string[];
  readonly throughWorker: readonly string[];
}

/** Runs in a page. Returns the transcript in process and the transcript through MSW's service worker. */
export async function transcriptsInPage(seed: number, now: number): Promise<Transcripts> {
  const direct = createSandbox({ seed, now: () => now });
  const base = 'http://sandbox.test';
  const inProcess = await transcriptOf(direct, (request) => send(direct.fetch, base, request), base);
  const mocked = createSandbox({ seed, now: () => now });
  const { origin } = new URL(import.meta.url);
  const worker = setupWorker(...mswHandlers(mocked, { baseUrls: { go: origin } }));
  await worker.start({ quiet: true });
  const throughWorker = await transcriptOf(mocked, (request) => send(fetch, origin, request), origin);
  worker.stop();
  return { inProcess, throughWorker };
}
