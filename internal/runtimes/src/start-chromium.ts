import { createServer } from 'node:http';
import { launchChromium } from '@partner-ecosystem/browser';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { bundleModule, createHost, type Host, type ServedModule } from './served-module.ts';

/** Loads the bundle of a module into a page of Chromium. The page calls the module instead of serving it. */
export async function startChromium(entry: URL): Promise<Host> {
  await using resources = new AsyncDisposableStack();
  const code = await bundleModule(entry);
  const server = await listenOnFreePort(
    createServer(({ url }, response) => {
      response.setHeader('Content-Type', url === '/module.js' ? 'text/javascript' : 'text/html');
      response.end(url === '/module.js' ? code : '<title>Runtime checks</title>');
    }),
  );
  resources.defer(() => server.close());
  const browser = resources.use(await launchChromium());
  const page = await browser.newPage();
  page.setDefaultTimeout(240_000); // A busy machine can need longer than the default.
  let printed = '';
  page.on('console', (message) => {
    printed += `${message.text()}\n`;
  });
  // The host name is not 127.0.0.1, so that servers on 127.0.0.1 have another origin than the page.
  const origin = `http://localhost:${server.port}`;
  await page.goto(origin);
  await page.addScriptTag({
    type: 'module',
    content: `globalThis.served = await import('${origin}/module.js');`,
  });
  await page.waitForFunction(() => 'served' in globalThis);
  const running = resources.move();
  const stop = async () => {
    await running.disposeAsync();
    return printed;
  };
  return createHost(0, stop, (path) =>
    page.evaluate(async (url) => {
      // The page's own script has set this global; no type knows it.
      const { served } = globalThis as unknown as { served: { default: ServedModule } };
      return (await served.default.fetch(new Request(url))).text();
    }, `${origin}${path}`),
  );
}
