import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { packPackage } from '../src/pack-package.ts';
import { publishedPackages } from '../src/published-packages.ts';

/**
 * Packs the published packages into a folder, and serves them on 127.0.0.1 as an npm registry does. Packages of others
 * come from the usual registry, so a project sets this registry for our scope only.
 */
export async function serveTarballs(folder: string) {
  const files = new Map<string, Buffer>();
  const documents = new Map<string, object>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const document = documents.get(path);
    const body = document ? JSON.stringify(document) : files.get(path);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const published of publishedPackages) {
    const { name, version } = published.manifest;
    const { path } = await packPackage(published, folder);
    const content = await readFile(path);
    files.set(basename(path), content);
    const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
    const dist = { tarball: url + basename(path), integrity };
    documents.set(name, {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...published.manifest, dist } },
    });
  }
  return { url, close: () => void server.close().closeAllConnections() };
}
