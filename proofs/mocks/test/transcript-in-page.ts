import { setupWorker } from 'msw/browser';
import { createSandbox } from '../../../packages/mocks/src/index.ts';
import { mswHandlers } from '../../../packages/mocks/src/msw.ts';
import { transcriptOf } from './transcript.ts';

/** What was answered, by the way it came. */
export interface Transcripts {
  readonly direct: readonly string[];
  readonly throughWorker: readonly string[];
}

/** Runs in a page: the transcript in process, and through MSW's service worker. */
export async function transcriptsInPage(seed: number, now: number): Promise<Transcripts> {
  const inProcess = createSandbox({ seed, now: () => now });
  const direct = await transcriptOf(
    inProcess,
    async ({ target, method, headers, body }) => {
      const request = new Request(`http://sandbox.test${target}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      });
      const response = await inProcess.fetch(request);
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    'http://sandbox.test',
  );
  const mocked = createSandbox({ seed, now: () => now });
  const { origin } = new URL(import.meta.url);
  const worker = setupWorker(...mswHandlers(mocked, { baseUrls: { go: origin } }));
  await worker.start({ quiet: true });
  const throughWorker = await transcriptOf(
    mocked,
    async ({ target, method, headers, body }) => {
      const response = await fetch(new URL(target, origin), {
        method,
        headers,
        ...(body !== undefined && { body }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    origin,
  );
  worker.stop();
  return { direct, throughWorker };
}
