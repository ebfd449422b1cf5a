import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@partner-ecosystem/browser';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { rolldown } from 'rolldown';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../../../packages/mocks/test/support/journey.ts';
import { openTransport } from '../../../packages/mocks/test/support/transports.ts';
import { send } from '../api/api-request.ts';
import { transcriptOf } from './transcript.ts';
import type { Transcripts } from './transcript-in-page.ts';

const minutes = 60_000;

async function transcriptOver(transport: keyof typeof openTransport): Promise<readonly string[]> {
  const { sandbox, api, close } = await openTransport[transport]({ seed, now: () => start });
  onTestFinished(close);
  return transcriptOf(sandbox, (request) => send(api.fetch, api.baseUrl, request), api.baseUrl);
}

test(`200 exchanges are the same in process, through MSW and over HTTP (SEED=${seed})`, {
  timeout: 5 * minutes,
}, async () => {
  const inProcess = await transcriptOver('in-process');
  expect(inProcess).toHaveLength(200);
  expect(new Set(inProcess.map((line) => line.split(' ', 2).join(' '))).size).toBeGreaterThan(15);
  expect(inProcess.filter((line) => line.endsWith('no response')).length).toBeGreaterThan(0);
  expect(await transcriptOver('msw')).toEqual(inProcess);
  expect(await transcriptOver('http')).toEqual(inProcess);
});

test(`200 exchanges are the same in a page and through its worker (SEED=${seed})`, {
  timeout: 10 * minutes,
}, async () => {
  const { url, close } = await servePage();
  onTestFinished(close);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.setDefaultTimeout(4 * minutes);
  await page.goto(url);
  const call = `import('/page.js').then((page) => page.transcriptsInPage(${seed}, ${start}))`;
  const { inProcess, throughWorker } = await page.evaluate<Transcripts>(call);
  const expected = await transcriptOver('in-process');
  expect(errors).toEqual([]);
  expect(inProcess).toEqual(expected);
  expect(throughWorker).toEqual(expected);
});

/** Serves an empty page, its script and MSW's worker, with a Content-Security-Policy that forbids `eval`. */
async function servePage() {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('./transcript-in-page.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  const worker = await readFile(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js')), 'utf8');
  const files: { readonly [path: string]: readonly [type: string, text: string] } = {
    '/': ['text/html', '<!doctype html><title>Transcript</title>'],
    '/page.js': ['text/javascript', output[0].code],
    '/mockServiceWorker.js': ['text/javascript', worker],
  };
  const server = createServer(({ url = '' }, response) => {
    const [type, text] = files[url] ?? ['text/plain', ''];
    const policy = "default-src 'self'; script-src 'self'";
    response
      .writeHead(text === '' ? 404 : 200, { 'content-type': type, 'content-security-policy': policy })
      .end(text);
  });
  return listenOnFreePort(server);
}
