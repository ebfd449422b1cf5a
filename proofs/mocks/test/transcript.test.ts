import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@partner-ecosystem/browser';
import { rolldown } from 'rolldown';
import { afterEach, expect, test } from 'vitest';
import { listenOn } from '../../../packages/mocks/src/http/listen-on.ts';
import { start } from '../../../packages/mocks/test/journey.ts';
import { reach } from '../../../packages/mocks/test/transport-table.ts';
import type { Asked } from '../traffic.ts';
import { transcriptOf } from './transcript.ts';
import type { Transcripts } from './transcript-in-page.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const seed = 7;

async function transcriptOver(transport: keyof typeof reach): Promise<readonly string[]> {
  const { sandbox, talk, close } = await reach[transport]({ seed, now: () => start });
  const send = async ({ target, method, headers, body }: Asked) => {
    const request = new Request(`${talk.base}${target}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const response = await talk.fetch(request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  try {
    return await transcriptOf(sandbox, send, talk.base);
  } finally {
    await close();
  }
}

test('200 exchanges are the same in process, through MSW and over HTTP', { timeout: 60_000 }, async () => {
  const inProcess = await transcriptOver('in-process');
  expect(inProcess).toHaveLength(200);
  expect(new Set(inProcess.map((line) => line.split(' ', 2).join(' '))).size).toBeGreaterThan(15);
  expect(inProcess.filter((line) => line.endsWith('no answer')).length).toBeGreaterThan(0);
  expect(await transcriptOver('msw')).toEqual(inProcess);
  expect(await transcriptOver('http')).toEqual(inProcess);
});

test('and in a page, directly and through the service worker', { timeout: 400_000 }, async () => {
  const { url, close } = await servePage();
  closers.push(close);
  const browser = await launchChromium();
  closers.push(() => browser.close());
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  const call = `import('/page.js').then((page) => page.transcriptsInPage(${seed}, ${start}))`;
  const { direct, throughWorker } = await page.evaluate<Transcripts>(call);
  const inProcess = await transcriptOver('in-process');
  expect(problems).toEqual([]);
  expect(direct).toEqual(inProcess);
  expect(throughWorker).toEqual(inProcess);
});

/** A page whose policy allows no eval, its script, and MSW's worker. */
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
  return listenOn(server, '127.0.0.1', 0);
}
