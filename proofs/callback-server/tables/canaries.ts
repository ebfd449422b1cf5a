import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import type { Database } from '../databases/database.ts';
import { canariesIn, canaryPattern } from '../inputs/canary.ts';
import { canaryPost, isMerchantId } from '../inputs/canary-posts.ts';
import { type ServerProcess, startServer, token } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

const senders = 16;

/** The canaries found in each output of a server. */
type Found = Readonly<Record<'log' | 'metrics' | 'responses' | 'pages' | 'files', Set<string>>>;

/**
 * Sends canaries in every place that a callback can carry them, to a server whose forwarding target refuses half of the
 * callbacks and quotes them. Then searches the log, the metrics, the responses and every page of the inbox for canaries. With
 * encryption it also searches the files of the database: while the server runs, after a kill and after a normal end.
 */
export async function canaries({ cycles, databases }: FaultRun): Promise<FaultResult> {
  // With encryption first: PostgreSQL's log files keep what the other run writes.
  const encrypted = await searchOutputs(await databases.create(), cycles, {
    MASTER_KEYS: `canaries:${randomBytes(32).toString('base64')}`,
  });
  const plain = await searchOutputs(await databases.create(), cycles, {});
  const mustBeEmpty = [...Object.values(encrypted), plain.log, plain.metrics, plain.responses, plain.pages];
  const leaks = mustBeEmpty.flatMap((found) => [...found]);
  return {
    // Without encryption the files must show the canaries, or the search could not find any.
    holds: leaks.length === 0 && plain.files.size > cycles,
    summary: `${cycles} callbacks with two canaries each: ${describe(encrypted)}; without encryption, ${describe(plain)}${leaks[0] ? `, such as ${leaks[0]}` : ''}`,
  };
}

function describe({ log, metrics, responses, pages, files }: Found): string {
  return `${log.size} in the log, ${metrics.size} in metrics, ${responses.size} in responses, ${pages.size} on pages of the inbox, ${files.size} in the database's files`;
}

async function searchOutputs(database: Database, count: number, environment: Record<string, string>) {
  const found: Found = {
    log: new Set(),
    metrics: new Set(),
    responses: new Set(),
    pages: new Set(),
    files: new Set(),
  };
  const search = (output: keyof Found, content: string | Uint8Array) => {
    for (const canary of canariesIn(content, count))
      if (output !== 'pages' || !isMerchantId(canary)) found[output].add(canary);
    if (typeof content === 'string' && content.includes(token)) found[output].add('the token');
  };
  const searchFiles = () => {
    for (const file of database.files()) search('files', contentOf(file));
  };
  const target = await listenOnFreePort(createServer(refuseHalf));
  const useServer = async (invalidCallbacks: 'keep' | 'reject', from: number, to: number) => {
    const server = await startServer(database.url, {
      environment: { ...environment, FORWARD_URL: target.url, INVALID_CALLBACKS: invalidCallbacks },
      onOutput: (text) => search('log', text),
    });
    await post(server, from, to, (response) => search('responses', response));
    search('metrics', await (await fetch(`${server.adminUrl}/metrics`)).text());
    await visitPages(server.adminUrl, (page) => search('pages', page));
    return server;
  };
  const half = Math.floor(count / 2);
  const first = await useServer('keep', 0, half);
  await first.signal('SIGKILL');
  searchFiles();
  const second = await useServer('reject', half, count);
  searchFiles();
  await second.signal('SIGTERM');
  searchFiles();
  await target.close();
  await database.remove();
  return found;
}

/** Opens every page that can be reached from the inbox's first one, but none that begins an action. */
async function visitPages(adminUrl: string, onPage: (text: string) => void): Promise<void> {
  const paths = new Set(['/inbox']);
  for (const path of paths) {
    const page = await (await fetch(`${adminUrl}${path}`)).text();
    onPage(page);
    for (const [, link = ''] of page.matchAll(/href="(\/inbox[^"]*)"/g)) {
      if (/^\/inbox\/(redeliver|release|give-up)|merchantId=/.test(link)) continue;
      // A callback has an address for each list that leads to it.
      paths.add(/^\/inbox\/callbacks\/\w+/.exec(link)?.[0] ?? link.replaceAll('&amp;', '&'));
    }
  }
}

/** Returns the bytes of a file, or none if PostgreSQL has deleted the file since the listing. */
function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Uint8Array();
    throw error;
  }
}

/** The forwarding target: responds to every other callback with an error that quotes the callback. */
const refuseHalf: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const quoted = body.toString('latin1').match(canaryPattern)?.[0] ?? 'nothing';
    response.writeHead(body.length % 2 === 0 ? 200 : 500, { 'x-quoted': quoted }).end(body);
  });
};

/** Posts canaries `from` (included) to `to` (excluded). */
async function post(server: ServerProcess, from: number, to: number, onResponse: (text: string) => void) {
  let next = from;
  const send = async () => {
    while (next < to) {
      const { path, headers, body } = canaryPost(next++);
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
      try {
        const response = await fetch(`${server.url}${path}`, init);
        onResponse(`${[...response.headers]} ${await response.text()}`);
      } catch (error) {
        // The server closes the connection after a refusal, which can break the rest of a long body.
        if (body.length < 100_000) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
}
